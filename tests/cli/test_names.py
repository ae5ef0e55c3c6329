# SPDX-License-Identifier: Apache-2.0
"""Whom a text speaks of: identifiers and their days, entities of the user, references, and that a fact does not depend on the name it is told of."""
import collections
import os
import unittest

from command import ROOT, Case, lines_of

# Companies of one kind: listed ones of two to four characters, and some that no register knows.
COMPANIES = ['台塑', '國巨', '技嘉', '廣達', '緯創', '友達', '台積電', '聯發科', '大立光', '台達電', '華邦電', '瑞儀', '台灣水泥', '中國鋼鐵', '遠傳電信', '亞洲水泥',
             '統一企業', '裕隆汽車', '晨曜科技', '岳霖精密', '澄海航運', '祥宇電子', '鼎昇生技', '瀚宇工業']
PERSONS = ['陳志明', '林美惠', '張家豪', '黃淑芬', '李建宏', '王雅婷']
# Persons where the words around say so, and names of such as nobody has.
PEOPLE = ['林志明', '陳惠芬', '張家豪', '黃仁勳', '何軍', '施跌燕', '達里歐', '林佳龍', '陳時中', '習近平', '羅傑斯']
PERSONAL = '''【{C}專欄】港股轉勢，宜積極加倉
〈裕民股東會〉{C}：下半年一定比上半年好
{C}觀點：航運翻船是買點或賣點？
鴻海董事長{C}表示，營運逐季成長。
大同董座{C}請辭 總經理暫代
〈國泰金看經濟〉{C}：明年股市有望再創新高'''.split('\n')
PLACES = ['台北市', '新竹市', '桃園市', '台中市', '台南市', '高雄市']
TELLING = '''{C}第一季營收488.6億元，年增12.3%，創同期新高。
{C}今日召開法說會，董事長表示下半年展望樂觀。
法人看好{C}第三季獲利成長兩成。
外資連三日買超{C}，合計5,000張。
{C}遭客戶砍單，股價跌停。
{C}董事會通過配發現金股利3元。
受惠AI需求，{C}9月營收月增5%。
{C}與客戶簽訂長約，金額達10億美元。
金管會對{C}開罰100萬元。
分析師將{C}目標價由120元調升至150元。
{C}公告本公司董事會決議召開115年股東常會。
{C}轉投資子公司今年可望轉虧為盈。
市場傳出{C}將併購日本大廠。
{C}去年每股純益5.2元，優於預期。
{C}、鴻海同步走強，收盤上漲3%。
買進{C}100張，成本32元。
{C}發言人否認裁員傳聞。
由於庫存調整，{C}第四季毛利率下滑2個百分點。
{C}資本支出上看40億元。
公告{C}取得不動產，交易總金額12.34億元。'''.split('\n')
# Subjects of announcements, and sentences as the press writes them.
SUBJECTS = '''公告本公司取得{C}普通股
公告本公司處分{C}股票
代子公司{C}公告取得營業用機器設備
代子公司{C}公告董事會決議股利分派
本公司受邀參加{C}舉辦之法人說明會
本公司對{C}提供背書保證
公告本公司與{C}簽訂合作備忘錄
澄清媒體報導本公司與{C}合併一事
{C}股東會通過每股配息2.5元，殖利率約4%
〈財報〉{C}上季獲利季增兩成 外資喊買
據了解，{C}已向日本設備廠追加訂單，明年下半年交貨。
{C}今（12）日舉行股東會，會中完成董事改選。
法人預期，{C}第四季毛利率可望回升到三成以上。
在{C}帶動下，電子股午後拉高，大盤終場上漲百點。
供應鏈透露，{C}包下今年七成產能。
雖然{C}營收衰退，但獲利仍優於市場預期。
檢調搜索{C}總部，約談三名主管到案說明。
信評機構將{C}的展望由穩定調降為負向。
{C}表示，該案對財務業務沒有重大影響。
外資一口氣砍了{C}的目標價。'''.split('\n')
# Names that are one word and nothing else.
WORDS = ['台塑', '國巨', '技嘉', '廣達', '緯創', '友達', '台積電', '聯發科', '大立光', '台達電', '華邦電', '瑞儀', '聯電', '信驊', '鴻海', '南亞科', '群聯', '瑞昱', '台泥',
         '遠傳']
# Names of two words, of a word and a number, with letters, and such as are words where nothing says that they are names.
HARD = ['台灣水泥', '中華電信', '亞洲水泥', '遠傳電信', '裕隆汽車', '中國鋼鐵', '世界先進', '聯合再生', '國光生', '長榮航', '環球晶', '貿聯-KY', '亞德客-KY', '矽力*-KY', 'TPK-KY']
ORDINARY = ['統一', '大成', '世界', '創意', '全家', '國產']
# What is behind the name, or before it, makes a word with a letter of one name or the other.
JOINING = '''{C}前三季純益大增1.05倍。
〈{C}法說〉下半年營收拚年增2成
{C}明年營運樂觀，營收可望成長兩成。
{C}新廠動土，產能增加三成。
{C}城市園區動土，第四季獲利成長。
{C}成品出貨創高，營收年增三成。
{C}子公司獲利成長兩成。
獲利王、{C}車用接單暢旺。
{C}9月營收月增5%。
{C}Q2獲利創新高。'''.split('\n')
JOINED = ['國光生', '中化生', '美律', '長榮航', '中信銀', '臻鼎-KY', '台虹', '力旺', '訊聯', '希華', '晶技', '先進光', '台灣大', '友通', '特力', '建達']
CLEAR = '''{C}9月營收488.6億元，年增12.3%。
{C}股價漲停，外資買超{C}5,000張。
{C}董事長表示第三季營收成長。
〈{C}法說〉第四季營收年減一成'''.split('\n')
# At the head of a headline a word that is rare needs no more to be a name.
RARE = ['秋雨', '厚生', '聚積', '慶生', '華容', '精誠']
HEADS = '''{C}10億美元打造5G毫米波產線
〈熱門股〉{C}帶量周漲22% 創16個月高點
{C}與日商合作 明年進入量產
需求回溫 {C}新品出貨 下半年看增
〈{C}經營權之爭〉小股東表態'''.split('\n')
# Words that are names of companies too, where they are words.
AS_WORDS = [('統一兩岸的口號喊了很多年。', '統一'), ('世界各地的人都來了。', '世界'), ('這是全國最大的公園。', '全國'), ('大量的雨水造成淹水。', '大量'),
            ('他的創意很好。', '創意'), ('祝你們永遠幸福。', '幸福'), ('窗外的秋雨下個不停。', '秋雨'), ('集大成的作品。', '大成'), ('精湛的演出', '精湛'),
            ('世界真美好', '世界'), ('過年時全家人都出門了。', '全家'), ('太極拳社招生', '太極'), ('這裡到了冬天很精彩，光明的未來就在前方。', '光明')]
OF_PERSONS = '''董事長{P}表示，第三季營收可望年增10%。
立法委員{P}質詢時指出，預算被刪減3,000萬元。
{P}接任總經理，持股1,206,559股。
公司由{P}擔任發言人，今年獲利成長兩成。'''.split('\n')
OF_PLACES = '''公司擬於{L}設廠，投資金額達40億元。
{L}上半年房價年增5%。
股東常會將於6月25日在{L}召開。'''.split('\n')


class Swap(Case):
    def facts(self, templates, mark, names):
        """For each template what is told with each name: mentions and values, offsets counted without the name."""
        pairs = [(template, name) for template in templates for name in names]
        documents = [{'body': template.replace(mark, name), 'published_at': '2026-04-10'} for template, name in pairs]
        told = collections.defaultdict(list)
        for (template, name), record in zip(pairs, self.records('-f', 'jsonl', '--want', 'entity,value,token', data=lines_of(documents))):
            start = template.index(mark)

            def place(at):
                return [point if point <= start else point - len(name) for point in at[1:]]

            mentions = [[place(mention['at']), mention['type']] for mention in record['mentions']]
            values = [[place(value['at']), {key: value[key] for key in value if key not in ('at', 'eid')}] for value in record['values']]
            words = [place([1, s, e]) for s, e in zip(record['toks']['s'], record['toks']['e']) if e <= start or s >= start + len(name)]
            told[template].append([name, mentions, values, words])
        return told

    def same(self, templates, mark, names):
        for template, told in self.facts(templates, mark, names).items():
            for name, *facts in told[1:]:
                self.assertEqual(facts, told[0][1:], f'{template}: {name} instead of {told[0][0]}')

    def test_company_changes_identifiers_only(self):
        self.assertGreaterEqual(len(TELLING) * len(COMPANIES), 200)
        self.same(TELLING, '{C}', COMPANIES)

    def test_tags_and_trees_do_not_know_which_company(self):
        pairs = [(template, name) for template in TELLING + SUBJECTS for name in WORDS]
        data = lines_of({'body': template.replace('{C}', name)} for template, name in pairs)
        told, cut = {}, []
        for (template, name), record in zip(pairs, self.records('-f', 'jsonl', '--want', 'token,pos,dep', data=data)):
            toks, start = record['toks'], template.index('{C}')
            if (start, start + len(name)) not in zip(toks['s'], toks['e']):
                cut.append(template.replace('{C}', name))
                continue
            facts = [toks[key] for key in ('upos', 'xpos', 'head', 'dep')]
            self.assertEqual(facts, told.setdefault(template, facts), f'{template}: {name}')
        self.assertGreaterEqual(len(pairs), 800)
        self.assertLess(len(cut), len(pairs) / 50, cut)

    def around(self, templates, names):
        """For each template and name: words around the name, tags and arcs, the name's words being one."""
        pairs = [(template, name) for template in templates for name in names]
        data = lines_of({'body': template.replace('{C}', name)} for template, name in pairs)
        for (template, name), record in zip(pairs, self.records('-f', 'jsonl', '--want', 'token,pos,dep', data=data)):
            toks, text = record['toks'], template.replace('{C}', name)
            spans, at = [], text.find(name)
            while at >= 0:
                spans.append((at, at + len(name)))
                at = text.find(name, at + len(name))
            node = [next((k for k, span in enumerate(spans) if s >= span[0] and e <= span[1]), -i - 1) for i, (s, e) in enumerate(zip(toks['s'], toks['e']))]
            order = {place: rank for rank, place in enumerate(dict.fromkeys(node))}
            rows = {}
            for i, place in enumerate(node):
                head = node[toks['head'][i] - 1] if toks['head'][i] else None
                if place < 0 or head != place:
                    first = node.index(place)
                    word = text[toks['s'][i]:toks['e'][i]] if place < 0 else '{C}'
                    rows[order[place]] = (word, toks['upos'][first], toks['xpos'][first], head is not None and order[head], toks['dep'][i])
            yield template, name, rows

    def same_around(self, templates, names, wanted):
        told = {template: rows for template, _, rows in self.around(templates, [wanted])}
        wrong = [template.replace('{C}', name) for template, name, rows in self.around(templates, names) if rows != told[template]]
        self.assertEqual(wrong, [])

    def test_words_tags_and_trees_do_not_know_how_a_name_is_written(self):
        self.same_around(TELLING + SUBJECTS, HARD, '聯電')

    def test_letters_beside_a_name_do_not_join_it(self):
        self.same_around(JOINING, JOINED, '聯電')

    def test_names_that_are_words_are_names_where_the_words_around_say_so(self):
        self.same_around(CLEAR, ORDINARY, '聯電')

    def test_words_tags_and_trees_do_not_know_which_person(self):
        self.same_around(PERSONAL, PEOPLE, PEOPLE[0])

    def test_rare_words_are_names_at_the_head_of_a_headline(self):
        self.same_around(HEADS, RARE, '聯電')

    def test_words_are_words(self):
        records = self.records('-f', 'jsonl', '--want', 'entity', '--echo', data=lines_of({'body': text} for text, _ in AS_WORDS))
        for (text, word), record in zip(AS_WORDS, records):
            self.assertNotIn(word, [mention['text'] for mention in record['mentions']], text)

    def test_persons_beside_other_names_are_persons(self):
        cases = [('三星林國華遺產稅高達百億元', '林國華'), ('張忠謀曹興誠破冰，同台談景氣', '曹興誠'), ('股價下滑！鍾敏安APEC提出風險警示', '鍾敏安'),
                 ('總座何忠遭約談，不當授信曝光', '何忠'), ('獨董孫欽文辭任', '孫欽文'), ('大客戶加持 何春梅料第四季更旺', '何春梅')]
        records = self.records('-f', 'jsonl', '--want', 'ner', data=lines_of({'body': text} for text, _ in cases))
        for (text, person), record in zip(cases, records):
            self.assertIn(('PER', person), [(m['type'], text[m['at'][1]:m['at'][2]]) for m in record['mentions']], text)

    def test_given_words_of_a_name_are_one_in_the_tree(self):
        rest = ['董事會', '通過', '配發', '現金', '股利', '3', '元', '。']
        told = []
        for words in (['聯電'], ['台灣', '水泥'], ['亞德客', '-', 'KY']):
            lines = ['\t'.join([str(i + 1), word] + ['_'] * 7 + ['SpaceAfter=No']) for i, word in enumerate(words + rest)]
            out = self.good('-f', 'conllu', '-t', 'conllu', '--want', 'pos,dep', data=('\n'.join(lines) + '\n\n').encode()).decode()
            cells = [line.split('\t') for line in out.splitlines() if line[:1].isdigit()]
            extra = len(words) - 1
            heads = [max(int(cell[6]) - extra, 0) for cell in cells[extra:]]
            self.assertEqual([(int(cell[6]), cell[7]) for cell in cells[:extra]], [(len(words), 'nmod')] * extra)
            told.append((cells[0][3:5], [(cell[3:5], head, cell[7]) for cell, head in zip(cells[len(words):], heads[1:])], heads[0]))
        self.assertEqual(told[1:], told[:1] * 2)

    def test_person_changes_nothing(self):
        self.same(OF_PERSONS, '{P}', PERSONS)

    def test_place_changes_identifiers_only(self):
        self.same(OF_PLACES, '{L}', PLACES)


class Identifiers(Case):
    def entities(self, body, published='2026-04-10'):
        record = self.records('-f', 'jsonl', '--want', 'entity,value', '--echo', data=lines_of([{'body': body, 'published_at': published}]))[0]
        self.values = record['values']
        self.mentions = record['mentions']
        return {entity['eid']: entity for entity in record['entities']}

    def test_number_of_a_company_needs_its_cue(self):
        self.assertEqual(self.entities('電話22099131'), {})
        found = self.entities('統編22099131')
        self.assertEqual([(entity['ids']['code'], entity['ids']['isin']) for entity in found.values()], [('2330', 'TW0002330008')])
        self.assertEqual(self.mentions[0]['type'], 'COD')
        self.assertEqual(self.entities('統編22099132'), {})

    def test_company_known_by_its_number_alone(self):
        found = self.entities('大明工程股份有限公司（統一編號12345675）遭裁罰，大明工程股份有限公司否認。')
        self.assertEqual([(eid, entity['name'], entity['ids']) for eid, entity in found.items()],
                         [('U12345675', '大明工程股份有限公司', {'ubn': '12345675'})])
        self.assertEqual([entity['name'] for entity in self.entities('統一編號12345675的公司').values()], ['12345675'])

    def test_renamed_company_is_one_entity_with_the_name_of_the_day(self):
        before, after = self.entities('和鑫(3049)股價大漲', '2020-04-10'), self.entities('精金(3049)股價大漲')
        self.assertEqual(list(before), list(after))
        self.assertEqual([entity['name'] for entity in [*before.values(), *after.values()]], ['和鑫', '精金'])

    def test_code_ends_with_the_listing(self):
        before, after = self.entities('矽品(2325)營收創高', '2017-04-10'), self.entities('矽品(2325)營收創高')
        self.assertEqual(list(before), list(after))
        self.assertEqual([entity['ids'].get('code') for entity in [*before.values(), *after.values()]], ['2325', None])

    def test_number_is_a_year_or_a_code_never_both(self):
        self.entities('大亞(1609)2026年營收')
        self.assertEqual([mention['text'] for mention in self.mentions], ['大亞', '1609'])
        self.assertEqual([value['value'] for value in self.values], ['2026'])
        self.entities('騰訊(0700)早盤上漲')
        self.assertEqual([mention['text'] for mention in self.mentions], ['騰訊', '0700'])
        self.assertEqual(self.entities('0700開始開會'), {})

    def test_references_go_to_what_the_text_names(self):
        self.entities('股王大立光與股后力旺走高，股王終場漲停，股后收平。')
        eid = {mention['text']: mention['eid'] for mention in self.mentions}
        self.assertEqual([eid['股王'], eid['股后']], [eid['大立光'], eid['力旺']])
        self.assertEqual([mention['text'] for mention in self.mentions if mention['kind'] == 'role'], ['股王', '股后'])
        self.assertEqual([mention['eid'] for mention in (self.entities('股王跌停，大立光重登股王。') and self.mentions)
                          if mention['text'] == '股王' and mention['eid']], [])
        self.entities('台達電與乾坤科技獲利成長，台達電表示子公司接單暢旺。乾坤科技接單，母公司看好。')
        eid = {mention['text']: mention['eid'] for mention in self.mentions}
        self.assertEqual([eid.get('子公司'), eid.get('母公司')], [eid['乾坤科技'], eid['台達電']])

    def test_titles_go_to_whom_the_text_gave_them(self):
        for text, bearer in [('股王信驊跌停，股后大立光也走弱。股王收在跌停價', '信驊'), ('信驊是台股股王，股王今日漲停', '信驊'), ('信驊逼近股王大立光，股王今日漲停', '大立光'),
                             ('世芯重登股王，新股王受惠AI。股王今年獲利創高', '世芯'), ('大立光失去股王寶座，由信驊奪下股王。股王股價突破萬元', '信驊'),
                             ('信驊可望成為股王，股王今日漲停', None), ('大立光是前股王，股王今日漲停', None)]:
            self.entities(text)
            eid = {mention['text']: mention['eid'] for mention in self.mentions}
            self.assertEqual(eid.get('股王'), eid[bearer] if bearer else None, text)

    def test_paper_is_not_the_share(self):
        for text, name, kind in [('本公司可轉換公司債旺宏二(代號:23372)', '旺宏二', 'SEC'), ('國內第二次無擔保轉換公司債(簡稱：百達二KY，代碼：22361)', '百達二KY', 'SEC'),
                                 ('取得元大萬泰貨幣市場基金', '元大萬泰貨幣市場基金', 'SEC'), ('統一DSU新台幣100%保本結構型商品', '統一DSU', 'SEC'),
                                 ('三星華城廠區停產', '華城', 'LOC')]:
            self.entities(text)
            self.assertEqual([(m['type'], m['eid'], m['nil'] is None) for m in self.mentions if m['text'] == name], [(kind, None, False)], text)
        for text, name in [('台積電三、四月營收', '台積電'), ('國泰持有基金部位', '國泰'), ('台積電廠區停電', '台積電'), ('中信金次順位債發行', '中信金')]:
            self.entities(text)
            self.assertIn(name, [m['text'] for m in self.mentions if m['eid']], text)

    def test_legal_forms(self):
        self.assertEqual([entity['name'] for entity in self.entities('委託凱基證券股份有限公司辦理').values()], ['凱基證券'])
        for text in ['楊振通為\n股份有限公司董事', '富金精密工業(深圳)有限公司']:
            self.entities(text)
            self.assertEqual([m['text'] for m in self.mentions if m['text'] in ('股份有限公司', '深圳)有限公司')], [])

    def test_english_legal_forms(self):
        for text, name in [('子公司Evergreen Marine (Asia) Pte. Ltd.訂造7艘貨櫃輪', 'Evergreen Marine (Asia) Pte. Ltd.'),
                           ('代子公司Wiwynn International Corporation新增背書保證', 'Wiwynn International Corporation')]:
            self.entities(text)
            self.assertEqual([(m['type'], m['eid']) for m in self.mentions if m['text'] == name], [('COM', None)], text)
        self.assertEqual({entity['ids']['code'] for entity in self.entities('Apple Inc.與Tesla, Inc.股價').values()}, {'AAPL', 'TSLA'})
        self.assertEqual(self.entities('limited edition 限量'), {})

    def test_companies_abroad_by_letters_and_legal_forms(self):
        self.assertEqual({entity['ids']['code'] for entity in self.entities('AAPL股價漲3%，NVDA財報優於預期').values()}, {'AAPL', 'NVDA'})
        self.entities('德商世創（Siltronic AG，下稱世創）宣布擴產，世創股東同意。')
        found = [(m['type'], m['nil']) for m in self.mentions if m['text'] in ('世創', 'Siltronic AG') and m['at'][1] > 3]
        self.assertEqual((len(found), len(set(found)), found[0][0]), (3, 1, 'COM'))

    def test_words_of_offices_and_measures_name_nobody(self):
        self.entities('EBITDA成長，審計委員會同意，薪資報酬委員會決議，CEO減薪。')
        self.assertEqual(self.mentions, [])
        self.entities('東莞廠擴產，台北地檢署起訴，聯合國籲停火。台灣大車隊營收增。')
        self.assertEqual([(m['text'], m['type'], m['eid'] is not None) for m in self.mentions],
                         [('東莞', 'LOC', True), ('台北地檢署', 'GOV', True), ('聯合國', 'ORG', True), ('台灣大車隊', 'COM', True)])

    def test_who_rates_is_the_agency(self):
        for body, kind in [('標普調降台塑評等', 'FIN'), ('標普：南韓信評展望穩定', 'FIN'), ('標普收高 道瓊連三漲', 'IDX'), ('標普500指數創高', 'IDX')]:
            self.entities(body)
            self.assertEqual({m['type'] for m in self.mentions if m['text'].startswith('標普')}, {kind}, body)

    def test_an_office_abroad_is_not_that_of_taiwan(self):
        for body, found in [('亞洲央行阻貶', False), ('波蘭央行升息', False), ('央行升息半碼', True)]:
            self.assertEqual('G00000005' in self.entities(body), found, body)

    def test_a_field_with_a_name_is_all_name(self):
        self.entities('(1)接受資金貸與之公司名稱:聯宇達方(上海)物流有限公司')
        self.assertEqual([m['text'] for m in self.mentions], ['聯宇達方(上海)物流有限公司'])
        self.entities('貸與對象：東莞市冠旺電子科技有限公司\n資金貸與總限額:新台幣15,078仟元')
        self.assertIn('東莞市冠旺電子科技有限公司', [m['text'] for m in self.mentions])

    def owners(self, body):
        names = {eid: entity['name'] for eid, entity in self.entities(body).items()}
        return [(value['text'], value.get('of'), names.get(value.get('eid'))) for value in self.values if value['kind'] != 'DAT']

    def test_values_belong_to_what_can_have_them(self):
        for body, owners in [('廣達受特斯拉拖累，周跌逾10%', [('10%', 'price', '廣達')]), ('台幣翻貶收27.691元', [('27.691元', 'exchange_rate', '新台幣')]),
                             ('WTI重返70美元', [('70美元', 'price', '西德州原油')]), ('金管會升息2碼，瑞信走弱', [('2碼', 'interest_rate', None)]),
                             ('單月逢高出脫台股約300億元', [('300億元', None, None)]), ('經濟部通過正達等7家企業投資', [('7家', None, None)]),
                             ('特斯拉出售所持比特幣，淨賺1億美元', [('1億美元', 'net_profit', '特斯拉')])]:
            self.assertEqual(self.owners(body), owners)

    def test_posts_are_of_whom_their_title_begins_with(self):
        for title, body, owners in [('[新聞] 世芯取代台積電成首選', '群的首選個股，目標價從3,800元上調到3,988元', ['世芯-KY', '世芯-KY']), ('[新聞] 廣達、鴻海破底', '股價跌逾3%', [None]),
                                    ('[標的] 2317 鴻海 多', '170就進場', ['鴻海']), ('[新聞] 中鋼看好後市', '反彈漲到107.1美元', [None])]:
            [record] = self.records('-f', 'jsonl', '--want', 'entity,value',
                                    data=lines_of([{'title': title, 'body': body, 'source_type': 'forum'}]))
            names = {entity['eid']: entity['name'] for entity in record['entities']}
            self.assertEqual([names.get(value.get('eid')) for value in record['values'] if value['at'][0] == 1], owners)

    def test_company_that_left_has_its_code_until_it_left(self):
        codes = [[entity['ids'].get('code') for entity in self.entities('新光金(2888)股價上漲', day).values()] for day in ('2025-03-01', '2025-07-23', '2025-08-01')]
        self.assertEqual(codes, [['2888'], ['2888'], [None]])
        self.assertEqual([[entity['name'] for entity in self.entities(text, day).values()] for text, day in [('台新金財報', '2025-07-20'), ('台新新光金財報', '2025-07-25')]],
                         [['台新金'], ['台新新光金']])

    def test_words_that_are_company_names(self):
        for text in ['3. 分析/正文：', '借美元買新興貨幣套利', '宣布全國封鎖', '9月營收11億元創今年新高']:
            self.assertEqual([mention for mention in (self.entities(text), self.mentions)[1] if mention['type'] == 'COM'], [], text)
        self.assertEqual([mention['text'] for mention in (self.entities('買進台康生5張'), self.mentions)[1]], ['台康生'])


class Agreement(Case):
    """One document gives a name one type and one bearer, whether a list knows it or not."""

    def mentions(self, body, title=None):
        record = self.records('-f', 'jsonl', '--want', 'entity', '--echo', data=lines_of([{'title': title, 'body': body} if title else {'body': body}]))[0]
        return [(mention['text'], mention['type'], mention['eid'] or mention['nil']) for mention in record['mentions']]

    def bearers(self, body, names, title=None):
        found = self.mentions(body, title)
        return [{(kind, bearer) for text, kind, bearer in found if text == name} for name in names]

    def test_names_that_are_words_and_words_that_are_names(self):
        """tests/golden/names/links.tsv: whom a name in a headline stands for, `-` where it is a word or another's."""
        with open(os.path.join(ROOT, 'tests', 'golden', 'names', 'links.tsv'), encoding='utf-8') as file:
            rows = [line.rstrip('\n').split('\t') for line in file][1:]
        records = self.records('-f', 'jsonl', '--want', 'entity', '--echo', data=lines_of({'body': text} for text, _, _ in rows))
        wrong = []
        for (text, name, bearer), record in zip(rows, records):
            called = {entity['eid'] or entity['nil']: entity['name'] for entity in record['entities']}
            found = [called[m['eid'] or m['nil']] for m in record['mentions'] if m['text'] == name and m['type'] in ('COM', 'FIN', 'SEC')]
            wrong += [(text, name, found)] if found != ([] if bearer == '-' else [bearer]) else []
        self.assertGreaterEqual(len(rows), 100)
        self.assertEqual(wrong, [])

    def test_short_forms_of_unlisted_companies(self):
        for body, names in [
                ('晨曜科技股份有限公司董事長王小明表示，晨曜今年營收成長。晨曜科技將擴廠。', ['晨曜科技股份有限公司', '晨曜', '晨曜科技']),
                ('澄海航運總經理林美惠說，澄海今年獲利成長三成，並表示澄海將訂造新船。', ['澄海航運', '澄海']),
                ('瀚宇工業公告第一季虧損，法人看淡瀚宇下半年營運。', ['瀚宇工業', '瀚宇']),
                ('銀行團同意岳霖精密展延貸款，岳霖股價止跌。', ['岳霖精密', '岳霖']),
                ('祥宇電子股份有限公司遭客戶求償，祥宇電子否認，祥宇將提告。', ['祥宇電子股份有限公司', '祥宇電子', '祥宇']),
                ('鼎昇生技新藥獲准上市，鼎昇表示明年量產。', ['鼎昇生技', '鼎昇'])]:
            found = self.bearers(body, names)
            self.assertEqual([len(each) for each in found], [1] * len(names), (body, found))
            self.assertEqual(len(set.union(*found)), 1, (body, found))
            self.assertEqual({kind for each in found for kind, _ in each}, {'COM'}, body)

    def test_the_title_knows_what_the_text_says(self):
        found = self.bearers('澄海航運股份有限公司今日公告董事會決議。', ['澄海', '澄海航運股份有限公司'], title='澄海第三季轉盈')
        self.assertEqual((found[0], len(found[0])), (found[1], 1))

    def test_listed_companies_by_all_their_names(self):
        found = self.bearers('台灣積體電路製造股份有限公司今日召開法說會。台積電表示，該公司資本支出將增加，台積將加碼投資。',
                             ['台灣積體電路製造股份有限公司', '台積電', '該公司', '台積'])
        self.assertEqual(found, [{('COM', 'C00001857')}] * 4)

    def test_a_form_of_two_companies_is_none(self):
        found = self.mentions('晨曜科技與晨曜電子合資設廠，晨曜股價上漲。')
        bearers = {text: bearer for text, _, bearer in found}
        self.assertNotIn(bearers.get('晨曜'), [bearers['晨曜科技'], bearers['晨曜電子']])

    def test_places_and_words_stay_what_they_are(self):
        for body, name in [('高雄汽車客運股份有限公司停駛，高雄市民受影響。高雄人口減少。', '高雄'), ('台灣玻璃工業股份有限公司擴廠，台灣景氣回溫。', '台灣')]:
            self.assertEqual({kind for text, kind, _ in self.mentions(body) if text == name}, {'LOC'}, body)
        for body in ['未來科技股份有限公司成立，未來景氣可望好轉。', '世界各國統一口徑，創意無限，集大成之作上市。']:
            self.assertEqual([text for text, kind, _ in self.mentions(body) if text in ('未來', '世界', '統一', '創意', '大成')], [], body)

    def test_persons_by_surname_and_title(self):
        for body, names in [('董事長王小明表示看好市況。王董事長指出，訂單滿載。', ['王小明', '王董事長']),
                            ('台積電總裁魏哲家出席論壇，魏總裁強調技術領先。', ['魏哲家', '魏總裁']),
                            ('立委李貴敏認為戰事不會太久，李委員說友邦靠不住。', ['李貴敏', '李委員']),
                            ('立委李貴敏認為戰事不會太久，李直言友邦靠不住。', ['李貴敏', '李'])]:
            found = self.bearers(body, names)
            self.assertEqual((len(found[0]), found[0]), (1, found[1]), body)


class OwnEntities(Case):
    LIST = 'form\ttype\tentity\tlevel\n晨曜\tCOM\tC90000001\t\n晨曜科技\tCOM\tC90000001\t\n雲上\tPRD\tX90000009\tforce\n積積\tCOM\t2330\t\n'

    def test_names_of_the_user_need_no_other_model(self):
        path, text = self.path('own.tsv', self.LIST), '晨曜科技遭砍單，晨曜否認；積積漲停。'
        plain, own = (self.records('--want', 'entity', '--echo', *more, data=text)[0] for more in ([], ['--entities', path]))
        self.assertNotEqual(plain['run'], own['run'])
        self.assertEqual([(mention['text'], mention['eid']) for mention in own['mentions']],
                         [('晨曜科技', 'C90000001'), ('晨曜', 'C90000001'), ('積積', 'C00001857')])
        self.assertEqual(self.records('--want', 'entity', '--echo', data=text)[0], plain)

    def test_force_and_prefer(self):
        path = self.path('own.tsv', self.LIST)
        self.assertEqual([mention['text'] for mention in self.records(
            '--want', 'entity', '--echo', '--entities', path, data='雲上飛')[0]['mentions']], ['雲上'])

    def test_a_forced_person_is_as_any_person(self):
        names = ['鮑菠蘿', '西裝革履先生', 'Zaphod']
        path = self.path('own.tsv', 'form\ttype\tentity\tlevel\n' + ''.join(f'{name}\tPER\t\tforce\n' for name in names))
        told = []
        for name in names:
            record = self.records('-f', 'jsonl', '--want', 'token,pos,dep', '--entities', path, data=lines_of([{'body': f'傳{name}加碼減產概念股'}]))[0]
            toks = record['toks']
            told.append([[at - len(name) for at in toks['s'][2:]]] + [toks[key] for key in ('upos', 'xpos', 'head', 'dep')])
        self.assertEqual(told[1:], told[:1] * 2)

    def test_user_dictionary_is_stronger(self):
        path = self.path('own.tsv', self.LIST)
        words = self.path('words.tsv', 'form\ttype\tentity\n晨曜\tORG\tO90000002\n')
        found = self.records('--want', 'entity', '--entities', path, '--user-dict', words, data='晨曜否認')[0]['mentions']
        self.assertEqual([(mention['type'], mention['eid']) for mention in found], [('ORG', 'O90000002')])

    def test_list_without_types_is_refused(self):
        from command import run
        done = run('--entities', self.path('own.tsv', '晨曜\n'), data='晨曜')
        self.assertEqual((done.returncode, b'type' in done.stderr), (3, True))

    def test_entities_beyond_the_limit_are_left_out(self):
        text = '鴻海、聯發科、大立光走強'
        record = self.records('--want', 'entity', '--max-entities', '2', data=text)[0]
        self.assertEqual((record['flags'], len(record['entities'])), (['truncated'], 2))
        self.assertEqual([mention['eid'] is None for mention in record['mentions']], [False, False, True])
        self.assertEqual(self.records('--want', 'entity', '--max-entities', '3', data=text)[0]['flags'], [])

    def test_candidates_only_when_asked(self):
        text = '世界先進營收成長，世界法說會登場'
        self.assertFalse(any('candidates' in mention for mention in self.records('--want', 'entity', data=text)[0]['mentions']))
        for mention in self.records('--want', 'entity', '--candidates', '3', data=text)[0]['mentions']:
            best = mention['candidates'][0]
            self.assertEqual(best['eid'], mention['eid'])
            self.assertGreaterEqual(best['points'], 30)
            self.assertEqual([each['points'] for each in mention['candidates']],
                             sorted((each['points'] for each in mention['candidates']), reverse=True))


if __name__ == '__main__':
    unittest.main()
