import { describe, expect, test } from 'vitest';
import type { Skip } from '../../dist/model/input.js';
import type { Benchmark } from '../../dist/model/benchmark.js';
import { readBenchmarks } from '../../dist/read/benchmark.js';
import { failureOf, scratch } from './support.js';

const { write, dir } = scratch();
let files = 0;

async function understood(
  records: readonly unknown[],
  map: Record<string, string> = {},
): Promise<{ benchmark: Benchmark; skips: Skip[]; parts: Record<string, string>[] }> {
  const path = write(`bench${files++}.jsonl`, records.map((record) => JSON.stringify(record)).join('\n'));
  const skips: Skip[] = [];
  const [benchmark] = await readBenchmarks([path], { map, maxRecordBytes: 1e8, limit: 0 }, (skip) => skips.push(skip));
  const parts = benchmark.items.map((item) => Object.fromEntries(item.parts.map((part) => [part.name, part.text])));
  return { benchmark, skips, parts };
}

/** As published: a record, the parts it has, its id. */
const SHAPES: Record<string, [records: unknown[], parts: Record<string, string>, id: string]> = {
  'MMLU (index from 0)': [
    [{ question: 'Which?', subject: 'law', choices: ['no', 'yes', 'so', 'but'], answer: 1 }],
    { question: 'Which?', choices: 'no\nyes\nso\nbut', answer: 'yes' },
    '1',
  ],
  'MMLU with numbers as choices': [
    [{ question: 'Degree?', choices: ['0', '4', '2', '6'], answer: 2 }],
    { question: 'Degree?', choices: '0\n4\n2\n6', answer: '2' },
    '1',
  ],
  'MMLU as columns (C-Eval, CMMLU)': [
    [{ id: 3, question: 'Which?', A: 'no', B: 'yes', C: 'so', D: 'but', answer: 'C' }],
    { question: 'Which?', choices: 'no\nyes\nso\nbut', answer: 'so' },
    '3',
  ],
  'MMLU-Pro (letter and index)': [
    [{ question_id: 70, question: 'Which?', options: ['no', 'yes'], answer: 'B', answer_index: 1, cot_content: '' }],
    { question: 'Which?', choices: 'no\nyes', answer: 'yes' },
    '70',
  ],
  'ARC (letters as labels)': [
    [{ id: 'M_1', question: 'Which?', choices: { text: ['no', 'yes'], label: ['A', 'B'] }, answerKey: 'B' }],
    { question: 'Which?', choices: 'no\nyes', answer: 'yes' },
    'M_1',
  ],
  'ARC (numbers as labels)': [
    [{ id: 'N_1', question: 'Which?', choices: { text: ['no', 'yes', 'so'], label: ['1', '2', '3'] }, answerKey: '2' }],
    { question: 'Which?', choices: 'no\nyes\nso', answer: 'yes' },
    'N_1',
  ],
  HellaSwag: [
    [
      {
        ind: 24,
        activity_label: 'Roof',
        ctx_a: 'A man',
        ctx_b: 'he',
        ctx: 'A man he',
        endings: ['sits.', 'runs.', 'eats.', 'falls.'],
        label: '3',
      },
    ],
    { question: 'A man he', choices: 'sits.\nruns.\neats.\nfalls.', answer: 'falls.' },
    '24',
  ],
  WinoGrande: [
    [{ sentence: 'Sarah was better than Maria so _ won.', option1: 'Sarah', option2: 'Maria', answer: '1' }],
    { question: 'Sarah was better than Maria so _ won.', choices: 'Sarah\nMaria', answer: 'Sarah' },
    '1',
  ],
  'PIQA (sol1 is 0)': [
    [
      { goal: 'Boil it', sol1: 'with fire', sol2: 'with ice', label: 0 },
      { goal: 'Cool it', sol1: 'with fire', sol2: 'with ice', label: 1 },
    ],
    { question: 'Boil it', choices: 'with fire\nwith ice', answer: 'with fire' },
    '1',
  ],
  'SocialIQA (label from 1)': [
    [
      { context: 'Tracy stayed.', question: 'Why?', answerA: 'tired', answerB: 'sad', answerC: 'glad', label: '1' },
      { context: 'Tracy left.', question: 'Why?', answerA: 'tired', answerB: 'sad', answerC: 'glad', label: '3' },
    ],
    { question: 'Why?', choices: 'tired\nsad\nglad', answer: 'tired', passage: 'Tracy stayed.' },
    '1',
  ],
  'TruthfulQA (generation)': [
    [{ question: 'Why?', best_answer: 'B.', correct_answers: ['A.', 'B.'], incorrect_answers: ['C.'] }],
    { question: 'Why?', choices: 'A.\nB.\nC.', answer: 'B.' },
    '1',
  ],
  'TruthfulQA (multiple choice)': [
    [
      {
        question: 'Why?',
        mc1_targets: { choices: ['x is', 'y is'], labels: [0, 1] },
        mc2_targets: { choices: ['q'], labels: [1] },
      },
    ],
    { question: 'Why?', choices: 'x is\ny is', answer: 'y is' },
    '1',
  ],
  GSM8K: [
    [{ question: 'How many?', answer: 'So 9.\n#### 9' }],
    { question: 'How many?', answer: 'So 9.\n#### 9' },
    '1',
  ],
  MATH: [
    [
      {
        problem: 'Find $x$.',
        level: 'Level 5',
        type: 'Algebra',
        solution: 'We find $\\boxed{2}$.',
        answer: '2',
        unique_id: 'test/1.json',
      },
    ],
    { question: 'Find $x$.', answer: 'We find $\\boxed{2}$.' },
    'test/1.json',
  ],
  HumanEval: [
    [
      {
        task_id: 'HumanEval/0',
        prompt: 'def f(x):\n    """Doc"""\n',
        canonical_solution: '    return x\n',
        test: 'assert',
        entry_point: 'f',
      },
    ],
    { question: 'def f(x):\n    """Doc"""\n', answer: '    return x\n' },
    'HumanEval/0',
  ],
  'MBPP (as published)': [
    [{ task_id: 601, text: 'Write a function.', code: 'def f():\n  return 1', test_list: ['assert f()'] }],
    { question: 'Write a function.', answer: 'def f():\n  return 1' },
    '601',
  ],
  'MBPP (sanitised)': [
    [{ source_file: 'x', task_id: 2, prompt: 'Write a function.', code: 'def f():\n  return 1', test_imports: [] }],
    { question: 'Write a function.', answer: 'def f():\n  return 1' },
    '2',
  ],
  'MBPP with a code prompt': [
    [{ id: 'MBPP/1', question: 'Write a function.', prompt: 'def f(cost):\n\t"""', answer: '\treturn cost' }],
    { question: 'Write a function.', code: 'def f(cost):\n\t"""', answer: '\treturn cost' },
    'MBPP/1',
  ],
  BoolQ: [
    [{ question: 'is it so', passage: 'It is.', answer: true }],
    { question: 'is it so', passage: 'It is.' },
    '1',
  ],
  SQuAD: [
    [
      {
        id: '56be',
        title: 'T',
        context: 'Paris is big.',
        question: 'What is big?',
        answers: { text: ['Paris', 'Paris'], answer_start: [0, 0] },
      },
    ],
    { question: 'What is big?', passage: 'Paris is big.', answer: 'Paris' },
    '56be',
  ],
  DROP: [
    [
      {
        section_id: 's',
        query_id: 'q1',
        passage: 'They won.',
        question: 'Who?',
        answers_spans: { spans: ['They', 'We'], types: ['span', 'span'] },
      },
    ],
    { question: 'Who?', passage: 'They won.', answer: 'They\nWe' },
    'q1',
  ],
  RACE: [
    [
      {
        example_id: 'high1.txt',
        article: 'A story.',
        answer: 'D',
        question: 'Why _ ?',
        options: ['a b', 'c d', 'e f', 'g h'],
      },
    ],
    { question: 'Why _ ?', passage: 'A story.', choices: 'a b\nc d\ne f\ng h', answer: 'g h' },
    'high1.txt',
  ],
  'CommonsenseQA (as published)': [
    [
      {
        answerKey: 'B',
        id: 'c1',
        question: {
          question_concept: 'x',
          choices: [
            { label: 'A', text: 'bank' },
            { label: 'B', text: 'mall' },
          ],
          stem: 'Where?',
        },
      },
    ],
    { question: 'Where?', choices: 'bank\nmall', answer: 'mall' },
    'c1',
  ],
  OpenBookQA: [
    [
      {
        id: '7-980',
        question_stem: 'A person wants',
        choices: { text: ['x y', 'z w'], label: ['A', 'B'] },
        answerKey: 'A',
        fact1: 'money is money',
      },
    ],
    { question: 'A person wants', choices: 'x y\nz w', answer: 'x y', passage: 'money is money' },
    '7-980',
  ],
  LAMBADA: [[{ text: 'He said hello to Ann', domain: 'x' }], { question: 'He said hello to Ann' }, '1'],
  IFEval: [
    [{ key: 1000, prompt: 'Write 300 words.', instruction_id_list: ['a:b'], kwargs: [{}] }],
    { question: 'Write 300 words.' },
    '1000',
  ],
  'MT-bench': [
    [{ question_id: 81, category: 'writing', turns: ['Write a post.', 'Shorten it.'], reference: [] }],
    { question: 'Write a post.\nShorten it.' },
    '81',
  ],
  'LiveBench (a task that is a label)': [
    [{ question_id: 'q', category: 'math', ground_truth: 'C', turns: ['What is f(4)?'], task: 'AMPS_Hard' }],
    { question: 'What is f(4)?' },
    'q',
  ],
  'WildBench (an intent that is a label)': [
    [{ conversation_input: [{ role: 'user', content: 'Redesign it.' }], intent: 'Problem Solving' }],
    { question: 'Redesign it.' },
    '1',
  ],
  'chat turns (system prompts and answers are no question)': [
    [
      {
        messages: [
          { role: 'system', content: 'Be terse.' },
          { role: 'user', content: 'Which river?' },
          { role: 'assistant', content: 'The Danube.' },
        ],
      },
    ],
    { question: 'Which river?', answer: 'The Danube.' },
    '1',
  ],
  ShareGPT: [
    [
      {
        id: 's',
        conversations: [
          { from: 'human', value: 'Which?' },
          { from: 'gpt', value: 'This.' },
          { from: 'human', value: 'Sure?' },
        ],
      },
    ],
    { question: 'Which?\nSure?' },
    's',
  ],
  'OpenAI Evals': [
    [
      {
        input: [
          { role: 'system', content: 'Be terse.' },
          { role: 'user', content: 'Which city?' },
        ],
        ideal: 'Ljubljana',
      },
    ],
    { question: 'Which city?', answer: 'Ljubljana' },
    '1',
  ],
  'BFCL (turns in steps)': [
    [{ id: 'b', question: [[{ role: 'user', content: 'Find the area.' }]], function: [{ name: 'area' }] }],
    { question: 'Find the area.' },
    'b',
  ],
  'Belebele (mc_answer1 and on)': [
    [
      {
        flores_passage: 'A text.',
        question: 'Which?',
        mc_answer1: 'a b',
        mc_answer2: 'c d',
        correct_answer_num: '2',
        question_number: 1,
      },
    ],
    { question: 'Which?', choices: 'a b\nc d', answer: 'c d', passage: 'A text.' },
    '1',
  ],
  'BBQ (ans0 and on)': [
    [{ example_id: 7, context: 'Two men.', question: 'Who?', ans0: 'he', ans1: 'him', ans2: 'neither', label: 2 }],
    { question: 'Who?', choices: 'he\nhim\nneither', answer: 'neither', passage: 'Two men.' },
    '7',
  ],
  'MuSR (choices as Python prints a list)': [
    [
      {
        narrative: 'A story.',
        question: 'Who did it?',
        choices: `['Mac\\'s', "it's Ana"]`,
        answer_index: 1,
        answer_choice: "it's Ana",
      },
    ],
    { question: 'Who did it?', choices: "Mac's\nit's Ana", answer: "it's Ana", passage: 'A story.' },
    '1',
  ],
  PubMedQA: [
    [{ pubid: 1, question: 'Do they?', context: { contexts: ['One.', 'Two.'] }, long_answer: 'They do indeed.' }],
    { question: 'Do they?', answer: 'They do indeed.', passage: 'One.\nTwo.' },
    '1',
  ],
  CodeContests: [
    [{ name: 'n', description: 'Count the brackets.', solutions: { language: [1], solution: ['print(1)'] } }],
    { question: 'Count the brackets.', answer: 'print(1)' },
    'n',
  ],
  FOLIO: [
    [{ premises: 'All drink.\nNone sleeps.', conclusion: 'Rina drinks.', label: 'True' }],
    { question: 'All drink.\nNone sleeps.\nRina drinks.', answer: 'True' },
    '1',
  ],
  GPQA: [
    [
      {
        Question: 'Which?',
        'Correct Answer': 'this one',
        'Incorrect Answer 1': 'that',
        'Incorrect Answer 2': 'those',
        'Incorrect Answer 3': 'none',
        'Record ID': 'rec1',
      },
    ],
    { question: 'Which?', choices: 'this one\nthat\nthose\nnone', answer: 'this one' },
    'rec1',
  ],
  'BIG-bench Hard': [
    [{ input: 'not ( True ) is', target: 'False' }],
    { question: 'not ( True ) is', answer: 'False' },
    '1',
  ],
  MedMCQA: [
    [{ id: 'm', question: 'Which?', opa: 'one', opb: 'two', opc: 'three', opd: 'four', cop: 2, exp: 'because' }],
    { question: 'Which?', choices: 'one\ntwo\nthree\nfour', answer: 'three' },
    'm',
  ],
  'MedQA (options by letter)': [
    [{ question: 'Which?', options: { A: 'one', B: 'two' }, answer_idx: 'B', answer: 'two' }],
    { question: 'Which?', choices: 'one\ntwo', answer: 'two' },
    '1',
  ],
  SciQ: [
    [
      {
        question: 'Which?',
        distractor3: 'c',
        distractor1: 'a1',
        distractor2: 'b1',
        correct_answer: 'right one',
        support: 'A text.',
      },
    ],
    { question: 'Which?', choices: 'right one\nc\na1\nb1', answer: 'right one', passage: 'A text.' },
    '1',
  ],
  TriviaQA: [
    [
      {
        question: 'Who?',
        question_id: 'tc_2',
        answer: { value: 'Sinclair Lewis', aliases: ['Lewis'], normalized_value: 'sinclair lewis' },
      },
    ],
    { question: 'Who?', answer: 'Sinclair Lewis' },
    'tc_2',
  ],
  COPA: [
    [{ premise: 'It rained.', choice1: 'We got wet.', choice2: 'We ran.', question: 'effect', label: 0, idx: 5 }],
    { question: 'It rained.', choices: 'We got wet.\nWe ran.', answer: 'We got wet.' },
    '5',
  ],
  'NLI (premise and hypothesis)': [
    [{ premise: 'A man sleeps.', hypothesis: 'He is awake.', label: 2, idx: 0 }],
    { question: 'A man sleeps.\nHe is awake.' },
    '0',
  ],
  SVAMP: [
    [{ ID: 'chal-1', Body: 'There are 87 oranges.', Question: 'How many?', Equation: '( 87.0 )', Answer: 87.0 }],
    { question: 'There are 87 oranges. How many?', answer: '87' },
    'chal-1',
  ],
  'the Hugging Face viewer’s wrapping': [
    [{ row_idx: 0, row: { id: 'a', question: 'Which?', answer: 'this' }, truncated_cells: [] }],
    { question: 'Which?', answer: 'this' },
    'a',
  ],
};

describe('benchmark records as they are published', () => {
  test.each(Object.entries(SHAPES))('%s', async (_name, [records, expected, id]) => {
    const { parts, benchmark } = await understood(records);
    expect(parts[0]).toEqual(expected);
    expect(benchmark.items[0].id).toBe(id);
    expect(benchmark.records).toBe(records.length);
  });
});

describe('benchmarks', () => {
  test('tell which fields were taken for what, and are named after their file', async () => {
    const { benchmark } = await understood([
      { id: 'x', question_stem: 'Which?', choices: { text: ['p', 'q'], label: ['A', 'B'] }, answerKey: 'B' },
    ]);
    expect(benchmark.fields).toEqual({
      id: ['id'],
      question: ['question_stem'],
      choices: ['choices.text'],
      answer: ['answerKey'],
    });
    expect(benchmark.name).toMatch(/^bench\d+$/);
  });

  test('take the fields named with --map before any other', async () => {
    const record = { q: { text: 'Asked?' }, question: 'not this', opts: ['p', 'q'], sol: 'B', nr: 9 };
    const { parts, benchmark } = await understood([record], {
      question: 'q.text',
      choices: 'opts',
      answer: 'sol',
      id: 'nr',
    });
    expect(parts[0]).toEqual({ question: 'Asked?', choices: 'p\nq', answer: 'q' });
    expect(benchmark.items[0].id).toBe('9');
  });

  test('with a wrong --map field say which fields there are', async () => {
    const error = await failureOf(understood([{ a: 'x', b: { c: 'y' } }], { question: 'b.d' }));
    expect(error).toMatchObject({ code: 'no-such-field' });
    expect(String(error)).toMatch(/"b\.d".*a, b, b\.c/s);
  });

  test('rename an item whose id was seen before, and tell', async () => {
    const { benchmark, skips } = await understood([
      { id: 1, question: 'a?' },
      { id: 1, question: 'b?' },
    ]);
    expect(benchmark.items.map((item) => item.id)).toEqual(['1', '1#2']);
    expect(skips).toMatchObject([{ reason: 'duplicate-id', record: 2 }]);
  });

  test('skip and name a record without a question', async () => {
    const { benchmark, skips } = await understood([
      { question: 'a?' },
      { question: ' ', answer: 'x' },
      { question: 'c?' },
    ]);
    expect(benchmark.items.map((item) => item.id)).toEqual(['1', '3']);
    expect(benchmark.records).toBe(3);
    expect(skips).toMatchObject([{ reason: 'no-question', record: 2 }]);
  });

  test('without any usable item are an error that names the fields and the way out', async () => {
    const error = await failureOf(understood([{ foo: 'x', bar: 2 }]));
    expect(error).toMatchObject({ code: 'no-questions' });
    expect(String(error)).toMatch(/foo, bar.*--map question=/s);
    const empty = write('nothing.jsonl', '');
    const options = { map: {}, maxRecordBytes: 1e8, limit: 0 };
    expect(await failureOf(readBenchmarks([empty], options, () => undefined))).toMatchObject({ code: 'no-questions' });
  });

  test('of the same file name in two folders keep apart; pieces of one split come together', async () => {
    const { mkdirSync } = await import('node:fs');
    for (const folder of ['mmlu', 'arc', 'pq']) mkdirSync(`${dir}/${folder}`);
    const record = '{"question":"Which?"}\n';
    const names = ['mmlu/test.jsonl', 'arc/test.jsonl', 'pq/all-00000-of-00002.jsonl', 'pq/all-00001-of-00002.jsonl'];
    const benchmarks = await readBenchmarks(
      names.map((name) => write(name, record)),
      { map: {}, maxRecordBytes: 1e8, limit: 0 },
      () => undefined,
    );
    expect(benchmarks.map((one) => [one.name, one.files.length])).toEqual([
      ['mmlu/test', 1],
      ['arc/test', 1],
      ['all', 2],
    ]);
    expect(benchmarks[2].items.length).toBe(2);
    expect(new Set(benchmarks[2].items.map((item) => item.id)).size).toBe(2);
  });

  test('are read from CSV and JSON too', async () => {
    const csv = write('b.csv', 'question,A,B,answer\n"Which, then?",one,two,B\n');
    const json = write('c.json', JSON.stringify({ canary: 'x', examples: [{ input: 'a', target: 'b c' }] }, null, 1));
    const [fromCsv, fromJson] = await readBenchmarks(
      [csv, json],
      { map: {}, maxRecordBytes: 1e8, limit: 0 },
      () => undefined,
    );
    expect(fromCsv.items[0].parts.map((part) => part.text)).toEqual(['Which, then?', 'one\ntwo', 'two']);
    expect(fromJson.items[0].parts.map((part) => part.text)).toEqual(['a', 'b c']);
  });
});

test('every item has an id of its own, however many questions a record holds and whatever they are called', async () => {
  const article = (ids: readonly (string | undefined)[]): unknown => ({
    paragraphs: [{ context: 'Denver won.', qas: ids.map((id, i) => ({ id, question: `Who won game ${i} of them?` })) }],
  });
  const idsOf = async (records: readonly unknown[]): Promise<string[]> =>
    (await understood(records)).benchmark.items.map(({ id }) => id);
  const none = [undefined, undefined, undefined];
  expect(await idsOf([article(none), article(none)])).toEqual(['1.1', '1.2', '1.3', '2.1', '2.2', '2.3']);
  expect((await understood([article(none)])).skips).toEqual([]);
  const same = await idsOf([article(['a', 'a', 'a', 'a', 'a'])]);
  expect([same.length, new Set(same).size]).toEqual([5, 5]);
  const taken = await idsOf(['a', 'a#3', 'a', 'a#3'].map((id) => ({ id, question: 'Who won the game?' })));
  expect([taken.length, new Set(taken).size]).toEqual([4, 4]);
});

test('the questions of a record in the form of SQuAD are items of their own, each with its paragraph', async () => {
  const article = {
    title: 'Bowl',
    paragraphs: [
      {
        context: 'It was played in Santa Clara.',
        qas: [
          { id: 'a', question: 'Where was it played?', answers: [{ answer_start: 17, text: 'Santa Clara' }] },
          { id: 'b', question: 'Who lost it?', answers: [], is_impossible: true },
        ],
      },
      {
        context: 'Denver won.',
        qas: [{ id: 'c', question: 'Who won?', answers: [{ answer_start: 0, text: 'Denver' }] }],
      },
    ],
  };
  const { benchmark, skips, parts } = await understood([article]);
  expect(skips).toEqual([]);
  expect(benchmark.records).toBe(1);
  expect(benchmark.items.map(({ id, record }) => [id, record])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ]);
  expect(parts).toEqual([
    { question: 'Where was it played?', answer: 'Santa Clara', passage: 'It was played in Santa Clara.' },
    { question: 'Who lost it?', passage: 'It was played in Santa Clara.' },
    { question: 'Who won?', answer: 'Denver', passage: 'Denver won.' },
  ]);
});
