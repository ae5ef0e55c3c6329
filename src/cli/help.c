/* SPDX-License-Identifier: Apache-2.0 */
/* See help.h.  24 lines of 80 columns are a screen. */
#include "cli/help.h"

#define TEXT(x) #x
#define NUMBER(x) TEXT(x)

#include <jinwen/base.h>

const char help_version_line[] =
    "jinwen " NUMBER(JW_VERSION_MAJOR) "." NUMBER(JW_VERSION_MINOR) "." NUMBER(JW_VERSION_PATCH) "\n";

const char help_main[] =
    "jinwen VERB [options] [file...]\n"
    "\n"
    "  annotate   text to words, names, trees, values, events and scores\n"
    "  convert    CoNLL-U to other formats, nothing computed\n"
    "  explain    why a record has its scores, in words\n"
    "  summary    the sentences that say most, and a line for each event\n"
    "  check      records of annotate against what they promise\n"
    "  fairness   scores that other names would move\n"
    "  info       what a model file is\n"
    "  version    version, and with --json the hashes behind a run\n"
    "\n"
    "jinwen VERB --help lists the options of a verb; `man jinwen` says the rest.\n";

const char help_annotate[] =
    "jinwen annotate [options] [file...]    no file or -: standard input\n"
    "input   -f, --format F text para whole jsonl csv tsv conllu ptt mops review html\n"
    "        -e, --encoding E  UTF-8 UTF-16[LE|BE] BIG5 CP950 BIG5-HKSCS GB18030\n"
    "        --repair          invalid bytes become U+FFFD\n"
    "        --map A=B,..      field A is input key B   --keep A,..  copy input keys\n"
    "        --keyed           lines are key<TAB>record\n"
    "        --shard K/N       part K of N; --shard-by id|ordinal  --deadline-ms N\n"
    "        --max-record N  --max-chars N  --max-sentence N  --max-entities N\n"
    "work    --want LIST       sent,token,pos,ner,dep,entity,value,senti,\n"
    "                          event,relation,evidence,form,esg; doc; all\n"
    "        --user-dict FILE  words of your own   --entities FILE  names, TSV\n"
    "        --script S        hant, or hans: Simplified text   --candidates N\n"
    "        -j, --jobs N      threads; 0: all processors\n"
    "        -m, --model FILE\n"
    "output  -t, --to F        conllu jsonl brat html; csv tsv with --table NAME:\n"
    "                          documents sentences tokens mentions evidence\n"
    "                          doc_entity _esg _event _relation _value; --bom\n"
    "        --tables DIR      all of them as csv files, with errors.csv\n"
    "        -o, --output FILE complete or not there   --echo  the text of each span\n"
    "        --offsets U       cp byte utf16           --fields LIST  as id,toks.upos\n"
    "        --clock max|published  --delay S  of available_at  --calendar FILE\n"
    "        --flush W         record, or block: 64 KiB or 1 s\n"
    "errors  --dead-letter F   bad records go there   --strict  stop at the first\n"
    "        --max-reject R    exit 4 when more than this share is bad\n"
    "run     --checkpoint F  --resume  --stats F  --progress auto|never|N\n"
    "        --log text|json|counter  -q, --quiet\n";

const char help_convert[] =
    "jinwen convert -t F [options] [file...]    CoNLL-U in; no file: standard input\n"
    "  -t, --to F         html brat jsonl conllu; csv tsv with --table NAME, --bom\n"
    "  -o, --output FILE  complete or not there\n"
    "  --want LIST        layers to show: sent,token,pos,ner,dep; all\n"
    "  --offsets U        cp byte utf16        --echo  the text of each span\n"
    "  --fields LIST      keys to print        -m, --model FILE  for the labels\n"
    "  -j, --jobs N  --flush W  --dead-letter F  --max-reject R  --strict\n"
    "  --max-record N  --max-chars N  --stats F  --progress P  --log L  -q, --quiet\n";

const char help_explain[] =
    "jinwen explain [options] ID [file...]    no file: standard input\n"
    "  records of annotate (jsonl) are explained from their own evidence\n"
    "  --as text|json     words (default), or every number of the derivation\n"
    "  -f, --format F     of the input, as for annotate\n"
    "  -e, --encoding E  --repair  --script S  --map A=B,..  --user-dict FILE\n"
    "  --entities FILE  --clock max|published\n"
    "  --max-record N  --max-chars N  --max-sentence N  --max-entities N\n"
    "  --offsets U  -o, --output FILE  -m, --model FILE  --log L  -q, --quiet\n";

const char help_summary[] =
    "jinwen summary [options] [file...]    one JSON object a record, or a group\n"
    "  --of WHAT          doc: each record (default)\n"
    "                     story: records with the same field story_id (jsonl; --map\n"
    "                     story_id=NAME); one without it is rejected\n"
    "                     entity-day: each company, bank or security on each day of the\n"
    "                     market; a record without time is rejected\n"
    "  --sent N           sentences at most, 1 to 16; 3 when not given\n"
    "  -f, --format F     of the input, as for annotate\n"
    "  -e, --encoding E  --repair  --script S  --map A=B,..  --user-dict FILE\n"
    "  --entities FILE  --clock max|published\n"
    "  --max-record N  --max-chars N  --max-sentence N  --max-entities N\n"
    "  --offsets U  -j, --jobs N  --flush W  --dead-letter F  --max-reject R\n"
    "  --strict  --stats F  --progress P  -o, --output FILE  -m, --model FILE\n"
    "  --log L  -q, --quiet\n";

const char help_check[] =
    "jinwen check [file...]    JSON records of annotate; no file: standard input\n"
    "jinwen check --input [options] [file...]    records for annotate\n"
    "  One line for each thing that is not so: JSON, spans inside their parts, sums of\n"
    "  evidence and aspects, probabilities, rounding, order, numbers.  Exit 8 when\n"
    "  there is one.\n"
    "  --input: nothing is annotated; one line for each record that annotate would\n"
    "  reject, FILE:RECORD: CODE FIELD: message.  jinwen check --input --help lists the\n"
    "  options.\n";

const char help_check_input[] =
    "jinwen check --input [options] [file...]    no file: standard input\n"
    "  FILE:RECORD: CODE FIELD: message  for each record that annotate would reject.\n"
    "  Exit 8 when there is one.\n"
    "  -f, --format F     of the input, as for annotate\n"
    "  -e, --encoding E  --repair  --map A=B,..  --max-record N  --max-chars N\n"
    "  -j, --jobs N  --dead-letter F  --max-reject R  --strict  --stats F\n"
    "  --progress P  -o, --output FILE  -m, --model FILE  --log L  -q, --quiet\n";

const char help_fairness[] =
    "jinwen fairness [options] [file...]    no file: standard input\n"
    "  Annotates each record twice, the second time with other names of companies,\n"
    "  banks and people; one JSON line for each score that moved.  Exit 8 when one did.\n"
    "  -f, --format F     of the input, as for annotate\n"
    "  -e, --encoding E  --repair  --script S  --map A=B,..  --user-dict FILE\n"
    "  --entities FILE  --clock max|published\n"
    "  --max-record N  --max-chars N  --max-sentence N  --max-entities N\n"
    "  -j, --jobs N  --flush W  --dead-letter F  --max-reject R  --strict\n"
    "  --stats F  --progress P  -o, --output FILE  -m, --model FILE  --log L\n"
    "  -q, --quiet\n";

const char help_info[] =
    "jinwen info [options]\n"
    "  -m, --model FILE  the model to look at\n"
    "  --verify          check every section; exit 8 when one is damaged\n"
    "  --json            as one JSON object\n";

const char help_version[] =
    "jinwen version [options]\n"
    "  --json            the hashes behind `run` for the options given\n"
    "  any option of annotate that is part of a run: -m, --user-dict, --want, ...\n";
