package editorial

import (
	"context"
	"runtime"

	"handout/index"
)

// searcher is an index that is closed once nobody can search in it any more.
// The index itself cannot tell, because it is what has to be held until then.
type searcher struct{ index *index.Index }

func newSearcher(built *index.Index) *searcher {
	s := &searcher{built}
	runtime.AddCleanup(s, func(x *index.Index) { x.Close() }, built) // it never fails in memory
	return s
}

// Search implements [bot.Searcher].
func (s *searcher) Search(ctx context.Context, q index.Query) (index.Result, error) {
	defer runtime.KeepAlive(s) // or it may be closed under the search
	return s.index.Search(ctx, q)
}
