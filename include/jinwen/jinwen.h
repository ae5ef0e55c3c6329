/* SPDX-License-Identifier: Apache-2.0 */
/* Jinwen 金文: every public header. */
#ifndef JINWEN_JINWEN_H
#define JINWEN_JINWEN_H

#include <jinwen/base.h>
#include <jinwen/doc.h>
#include <jinwen/entity.h>
#include <jinwen/finance.h>
#include <jinwen/form.h>
#include <jinwen/model.h>
#include <jinwen/esg.h>
#include <jinwen/score.h>
#include <jinwen/userdict.h>
#include <jinwen/value.h>
#include <jinwen/worker.h>
#include <jinwen/write.h>

#endif
