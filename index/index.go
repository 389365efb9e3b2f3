// Package index finds the snippet that answers a question, or none.
//
// [Build] makes an [Index] of a corpus: a Bleve full-text index in memory,
// which proposes candidates, and compact features of every snippet, by which
// they are ranked and judged. [Index.Search] takes a question as people type
// it; nothing in it is query syntax. It returns [Match] values, best first,
// each with a confidence between 0 and 1: about how often such a match answers
// the question.
//
// Texts are analysed once, the same way for snippets and questions: words are
// split and stemmed by Bleve's filters for the language, and every name in the
// corpus's vocabulary becomes one term for the thing that it names. Bleve then
// sees terms only, and scores the snippets by each.
//
// A long message is also judged sentence by sentence and window by window,
// because people tell a story around a short question. A question that names a
// medicine or a condition is not answered by a snippet on another one, and not
// at all if the corpus never speaks of it. Nor is one that names a form or a
// group of people (cream or tablets, child or adult) answered by a snippet on
// another: that is offered at most. What a class's snippet says holds for the
// medicines of the class. A short question that shares no more than a word with
// what people tell of an emergency is not answered by the text on that.
//
// Words that neither the corpus nor its vocabulary nor English knows are mended
// if one word is clearly meant: typing errors, letters typed over and over, words
// run together or apart, accents left out, texting forms. A medicine's name is
// mended only if no other medicine is nearly as near, many others than the
// corpus's among them; otherwise it is a [Guess], for the person to say.
//
// # Quality
//
// A confidence of 0.5 is the point from which a match is an answer; how many
// false answers that means is a setting of the corpus. With the default, on the
// development halves of public sets and on questions that people who had not
// seen the corpus wrote for it (146 snippets). The model was fitted on every second
// question of each set but the last, and its constant chosen with all of the public
// ones in view:
//
//	corpus and questions                    right first  answered  nDCG@10
//	starter, own wordings                   100%         100%
//	starter, wordings left out, other half  76%          90%       0.85
//	starter, 160 questions for it           92%          82%
//	starter, 150 questions, held out        93%          78%
//	starter, off-topic                                   1.2%
//	487 on skin, on skin                    56%          94%       0.76
//	487 on skin, on other diseases                       0.5%
//	487 on skin, not on health                           0.0%
//	16,407 MedQuAD, its own                 99%          100%      0.99
//	16,407 MedQuAD, typing errors           98%          99%       0.98
//	16,407 MedQuAD, paraphrases             52%          98%       0.74
//
// Of 40 held-out questions on other diseases and medicines, five are answered. Of
// 40 messages that ask two things, 27 get both snippets.
//
// # Features
//
// What each feature of the model is worth, by fits without it (index/fit
// -ablate), on the half that was not fitted: starter wordings left out and
// questions for it right first, nDCG@10 of paraphrases and skin, skin answered,
// off-topic answered (the bot's own topics not counted out):
//
//	without     wordings  questions  paraphrases  skin   answered  off-topic
//	(none)      75.8%     91.2%      0.743        0.761  94.9%     2.0%
//	text        71.5%     82.5%      0.751        0.778  95.8%     1.8%
//	likeness    74.7%     91.2%      0.723        0.729  96.6%     2.7%
//	anywhere    73.7%     90.0%      0.712        0.751  90.7%     1.4%
//	pairs       75.6%     90.0%      0.720        0.764  94.1%     2.0%
//	evidence    75.3%     86.2%      0.734        0.767  94.9%     5.5%
//	clinical    75.3%     90.0%      0.745        0.761  95.8%     1.6%
//	narrower    76.0%     90.0%      0.739        0.763  94.1%     1.8%
//	unnamed     76.7%     88.8%      0.737        0.758  94.1%     1.7%
//	part        75.3%     90.0%      0.727        0.762  94.9%     1.6%
//	named       74.9%     88.8%      0.722        0.756  91.5%     1.6%
//
// What did not pay is left out: likeness with the title or the nearest wording
// alone, coverage by labels alone, the share held nowhere, likeness with the name
// taken out, a second look at what tells the best ten apart, less weight for what
// a single wording says, word vectors learnt from MedQuAD, Bleve's score on
// another scale or with bodies counted for more or less, and turning down what
// names a condition that no label holds.
//
// # Speed
//
// On two shared cores, 2,000 different questions, with every word new to the index
// (cold) and known to it (warm); and the time of Build with the memory that it
// leaves in use and takes at most:
//
//	snippets          warm p50  p99      cold p50  p99      questions/s  Build
//	100               0.04 ms   0.13 ms  0.06 ms   0.20 ms  37,000       0.08 s    5 MB   12 MB
//	1,000             0.07 ms   0.17 ms  0.09 ms   0.29 ms  25,000       0.23 s    6 MB   33 MB
//	16,400 (MedQuAD)  0.23 ms   0.50 ms  0.29 ms   0.92 ms   9,000       1.7 s    43 MB  140 MB
//
// The worst of the hostile messages takes 19 ms at 16,400 snippets (p99): what is
// read of a message is bounded. Most candidates are turned down by the highest
// score that they could reach.
//
// An Index never changes; a new corpus needs a new one.
package index

import (
	"sync"

	"handout/knowledge"
)

// Index is the searchable form of one corpus. It is safe for concurrent use.
type Index struct {
	corpus    *knowledge.Corpus
	analyzers []*analyzer // by language, the corpus's main one first
	entries   []*entry
	words     *lexicon
	finder    *finder
	leeway    float64 // added to every logit
	scratch   sync.Pool
}

// Close frees the index. It waits for running searches.
func (x *Index) Close() error { return x.finder.close() }

// Corpus returns what the index was built from.
func (x *Index) Corpus() *knowledge.Corpus { return x.corpus }
