# SPDX-License-Identifier: Apache-2.0
"""The command as a process: signals, full disks, terminals, checkpoints, exit codes."""
import json
import os
import pty
import resource
import select
import signal
import subprocess
import time
import unittest

from command import NEWS, ROOT, Case, lines_of, news_records, run, words


class Signals(Case):
    def test_a_closed_pipe_ends_silently(self):
        path = self.path('big.jsonl', lines_of(news_records(3000)))
        for ignore in ('', 'trap "" PIPE; '):
            script = ignore + '"$@" | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}'
            done = subprocess.run(['bash', '-c', script, 'sh', *words(path)], capture_output=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (141, b''))

    def test_terminate_leaves_whole_lines(self):
        for jobs in ('1', '3'):
            with subprocess.Popen(words('-f', 'jsonl', '-j', jobs, '--flush', 'record'), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                process.stdin.write(lines_of(news_records(20)))
                process.stdin.flush()
                first = process.stdout.readline()
                process.send_signal(signal.SIGTERM)
                out = first + process.stdout.read()
                process.stdin.close()
                self.assertEqual(process.wait(30), 143)
                self.assertTrue(out.endswith(b'\n'))
                for line in out.splitlines():
                    json.loads(line)

    def test_a_second_signal_is_not_caught(self):
        with subprocess.Popen(words('-f', 'jsonl'), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(10), 130)
            process.stdin.close()


class Flush(Case):
    def answer(self, process, line):
        process.stdin.write(line)
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], 5)
        self.assertTrue(ready)
        return process.stdout.readline()

    def test_a_record_is_answered_while_the_pipe_is_open(self):
        for args in (['--flush', 'record'], ['--flush', 'record', '-j', '3'], []):
            with subprocess.Popen(words('-f', 'jsonl', *args), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                  bufsize=0) as process:
                for i in range(2):
                    answer = self.answer(process, b'{"id":"%d","body":"x"}\n' % i)
                    self.assertEqual(json.loads(answer)['id'], str(i))
                process.stdin.close()
                self.assertEqual(process.wait(10), 0)


class Failures(Case):
    def test_a_full_disk_keeps_the_partial_file(self):
        data = lines_of(news_records(200))
        self.path('out', 'before')
        done = run('-f', 'jsonl', '-o', self.path('out'), data=data, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
        self.assertEqual(done.returncode, 3)
        self.assertEqual(self.read('out'), b'before')
        self.assertTrue(os.path.exists(self.path('out.partial')))
        if os.path.exists('/dev/full'):
            with open('/dev/full', 'wb') as full:
                code = subprocess.run(words('-f', 'text'), input='台股'.encode(), stdout=full, stderr=subprocess.DEVNULL).returncode
            self.assertEqual(code, 3)

    def test_a_device_is_never_replaced(self):
        self.good('-f', 'text', '-o', '/dev/null', data='台股')
        self.assertFalse(os.path.isfile('/dev/null'))

    def test_exit_codes(self):
        cases = [(2, ['--nope']), (2, ['-f', 'xml']), (2, ['--want', 'sent,noise']), (2, ['--jobs']), (2, ['--resume']), (2, ['-q=1']),
                 (2, ['--shard', '4/3']), (3, ['/no/such/file']), (3, ['-e', 'KLINGON']), (3, ['-o', '/no/such/folder/out']),
                 (3, ['--user-dict', '/no/such/file'])]
        for code, args in cases:
            done = run(*args, data='x')
            self.assertEqual(done.returncode, code, args)
            self.assertEqual(len([line for line in done.stderr.splitlines() if b' records, ' not in line]), 1, args)
        self.assertIn(b"'--nope'", run('--nope').stderr)
        self.assertEqual(run('-m', '/no/such/model', data='x').returncode, 5)
        self.assertEqual(run('-m', self.path('m', 'not a model'), data='x').returncode, 5)
        self.assertEqual(run('--user-dict', self.path('d', 'form\tlevel\nx\tbogus\n'), data='x').returncode, 3)

    def test_damaged_compressed_input_is_exit_3(self):
        import gzip
        packed = gzip.compress(NEWS[0].encode() * 50)
        self.assertEqual(self.good(data=packed), self.good(data=NEWS[0].encode() * 50))
        self.assertEqual(run(data=packed[:-12]).returncode, 3)
        self.assertEqual(run(data=packed[:20] + b'\x00' * 30).returncode, 3)


class Terminal(Case):
    def run_on_terminal(self, *args, path):
        master, slave = pty.openpty()
        with subprocess.Popen(words(*args, path), stdout=subprocess.PIPE, stderr=slave, env=dict(os.environ, TERM='xterm')) as process:
            os.close(slave)
            out, err = process.stdout.read(), b''
            while True:
                try:
                    piece = os.read(master, 65536)
                except OSError:
                    break
                if not piece:
                    break
                err += piece
            process.wait(60)
        os.close(master)
        return out, err

    def slow_input(self):
        fifo = self.path('slow')
        os.mkfifo(fifo)
        feeder = subprocess.Popen(['bash', '-c', f'for i in 1 2 3 4 5; do echo 台股大漲; sleep 0.45; done > {fifo}'])
        self.addCleanup(feeder.wait)
        self.addCleanup(feeder.kill)
        return fifo

    def test_progress_is_drawn_on_a_terminal_only(self):
        out, err = self.run_on_terminal('-f', 'text', path=self.slow_input())
        self.assertRegex(err.decode(), r'annotate  \d+ rec  \d+ rec/s  \d+\.\d MB/s  00:00:0\d  bad 0')
        self.assertIn(b'5 records, 0 rejected', err)
        done = run('-f', 'text', data='台股大漲\n' * 5)
        self.assertEqual(out, done.stdout)
        self.assertRegex(done.stderr.decode(), r'^jinwen: 5 records, 0 rejected, \d+\.\d s\n$')

    def test_quiet_says_nothing(self):
        self.assertEqual(run('-q', '-f', 'text', data='台股').stderr, b'')

    def test_log_styles(self):
        record = json.loads(run('-f', 'text', '--log', 'json', data='台股').stderr)
        self.assertEqual(record['level'], 'info')
        self.assertIn(b'reporter:counter:jinwen,records,1\n', run('-f', 'text', '--log', 'counter', data='台股').stderr)

    def test_stats(self):
        self.good('-f', 'jsonl', '--stats', self.path('stats'), data='{"body":"台股\ue000"}\n\n{\n')
        stats = json.loads(self.read('stats'))
        self.assertEqual([stats[k] for k in ('records', 'blank', 'rejected', 'chars', 'private_use')], [2, 1, 1, 3, 1])
        self.assertEqual(stats['rejects'], {'E_JSON': 1})
        self.assertLessEqual(stats['latency_ms']['p50'], stats['latency_ms']['max'])
        self.assertIn('run', stats['ids'])


class Resume(Case):
    def args(self, jobs='1'):
        return ['-j', jobs, '-f', 'jsonl', '--want', 'token', '-o', self.path('out'), '--checkpoint', self.path('ck'), '--resume', '-q',
                self.path('in.jsonl')]

    def test_killed_at_any_moment_it_ends_with_the_same_bytes(self):
        lines = lines_of(news_records(8000)).splitlines(keepends=True)
        lines[100:100] = [b'\n', b'{bad\n']
        self.path('in.jsonl', b''.join(lines))
        expected = self.good('-f', 'jsonl', '--want', 'token', '-j', '2', self.path('in.jsonl'))
        for attempt in range(40):
            process = subprocess.Popen(words(*self.args('1' if attempt % 2 else '2')), stderr=subprocess.DEVNULL)
            try:
                process.wait(0.02 + 0.03 * attempt)
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL if attempt % 3 else signal.SIGTERM)
                process.wait()
        self.good(*self.args())
        self.assertEqual(self.read('out'), expected)
        self.assertFalse(os.path.exists(self.path('ck')))
        self.good(*self.args())

    def stop_early(self):
        self.path('in.jsonl', lines_of(news_records(2000)))
        fifo = self.path('gate')
        process = subprocess.Popen(words(*self.args()), stderr=subprocess.DEVNULL)
        while process.poll() is None and not os.path.exists(self.path('out.partial')):
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        process.wait()
        return process.returncode, fifo

    def test_what_has_changed_is_exit_7_and_named(self):
        code, _ = self.stop_early()
        if code != 143:
            self.skipTest('the run was over before it could be stopped')
        done = run(*self.args(), '--offsets', 'byte')
        self.assertEqual((done.returncode, b'run' in done.stderr), (7, True))
        done = run(*self.args(), '--keep', 'x')
        self.assertEqual((done.returncode, b'options' in done.stderr), (7, True))
        with open(self.path('in.jsonl'), 'r+b') as file:
            file.write(b'[')
        done = run(*self.args())
        self.assertEqual((done.returncode, b'input' in done.stderr), (7, True))


class Help(Case):
    def test_help_fits_one_screen(self):
        for verb in ('annotate', 'info', 'version'):
            lines = run('--help', verb=verb).stdout.decode().splitlines()
            self.assertLessEqual(len(lines), 26, verb)
            self.assertTrue(all(len(line) <= 80 for line in lines), verb)

    def test_the_man_page_knows_every_option(self):
        import re
        with open(os.path.join(ROOT, 'src', 'cli', 'options.c'), encoding='utf-8') as file:
            names = re.findall(r"^    \{(?:0|'.'), \"([a-z-]+)\", [01], VERB_\w+, take_", file.read(), re.M)
        with open(os.path.join(ROOT, 'docs', 'jinwen.1'), encoding='utf-8') as file:
            page = file.read().replace('\\-', '-')
        self.assertGreater(len(names), 25)
        for name in names:
            self.assertIn('--' + name, page)

    def test_info(self):
        self.assertIn(b'NORM', self.good(verb='info'))
        self.assertIn('NORM', [s['tag'] for s in json.loads(self.good('--json', verb='info'))['sections']])
        self.assertIn(b'whole', run('--verify', verb='info').stderr)


if __name__ == '__main__':
    unittest.main()
