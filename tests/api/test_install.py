# SPDX-License-Identifier: Apache-2.0
"""A program outside this tree: installs into a folder, compiles an example with the pkg-config file found there, and runs it on the installed model.

Usage: test_install.py BUILD_ROOT EXAMPLE.c CC
"""
import glob
import os
import subprocess
import sys
import tempfile


def run(command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding='utf-8', **more).stdout


def main():
    build, example, compiler = sys.argv[1:]
    with tempfile.TemporaryDirectory() as root:
        run(['meson', 'install', '-C', build, '--no-rebuild', '--destdir', root])
        config = os.path.dirname(glob.glob(root + '/**/jinwen.pc', recursive=True)[0])
        env = dict(os.environ, PKG_CONFIG_PATH=config, PKG_CONFIG_SYSROOT_DIR=root)
        flags = run(['pkg-config', '--cflags', '--libs', 'jinwen'], env=env).split()
        model = run(['pkg-config', '--variable=model', 'jinwen'], env=env).strip()
        program = os.path.join(root, 'headline')
        run([compiler, example, '-o', program] + flags)
        library = os.path.dirname(glob.glob(root + '/**/libjinwen.so', recursive=True)[0])
        model = model if model.startswith(root) else root + model
        words = run([program, model], env=dict(env, LD_LIBRARY_PATH=library))
        if '營收\tNOUN' not in words:
            sys.exit('unexpected output:\n' + words)


if __name__ == '__main__':
    main()
