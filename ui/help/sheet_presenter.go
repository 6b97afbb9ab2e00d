package help

import "strings"

// filter leaves of the topics what has all the words of a query, in any order: in the key, in what it does, or in where
// that is.
func filter(topics []Topic, query string, isMac bool) (found []Topic) {
	words := strings.Fields(strings.ToLower(query))
	for _, t := range topics {
		left := Topic{ID: t.ID, Title: t.Title}
		for _, g := range t.Groups {
			some := Group{Title: g.Title}
			for _, k := range g.Keys {
				if hasAll(strings.ToLower(strings.Join([]string{k.labels(isMac), k.Does, g.Title, t.Title}, " ")), words) {
					some.Keys = append(some.Keys, k)
				}
			}
			if len(some.Keys) > 0 {
				left.Groups = append(left.Groups, some)
			}
		}
		if len(left.Groups) > 0 {
			found = append(found, left)
		}
	}
	return found
}

func hasAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
