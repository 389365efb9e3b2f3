package deliver

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestRecentIsBoundedAndForgets(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	r := Recent[int]{Now: func() time.Time { return now }}
	none := func(string) bool { return false }
	for i := range mostRecent + 50 {
		r.Add(Sent[int]{Chat: "a", Shows: []string{fmt.Sprint(i)}, Place: i})
	}
	r.Add(Sent[int]{Chat: "a", Place: -1}) // shows nothing
	if list := r.Take(none); len(list) != mostRecent || list[0].Place != 50 || list[len(list)-1].Place != mostRecent+49 {
		t.Errorf("%d remembered", len(list))
	}
	if list := r.Take(none); len(list) != 0 {
		t.Errorf("%d are taken twice", len(list))
	}
	r.Add(Sent[int]{Chat: "a", Shows: []string{"x", "y"}, Place: 1})
	now = now.Add(recentFor / 2)
	r.Add(Sent[int]{Chat: "b", Shows: []string{"y"}, Place: 2})
	r.Add(Sent[int]{Chat: "c", Shows: []string{"y"}, Place: 3})
	r.Add(Sent[int]{Chat: "c", Shows: []string{"z"}, Place: 4})
	r.Forget("b")
	now = now.Add(recentFor/2 + time.Second)
	list := r.Take(func(id string) bool { return id != "y" })
	if len(list) != 1 || list[0].Place != 3 || list[0].Gone(func(id string) bool { return id != "y" }) != "y" {
		t.Errorf("taken %+v", list)
	}
	if list = r.Take(none); len(list) != 1 || !slices.Equal(list[0].Shows, []string{"z"}) {
		t.Errorf("left %+v", list)
	}
}
