package discord

import "fmt"

// allowed holds the limits that the specification leaves out.
func (f *fake) allowed(body map[string]any) error {
	if parse, ok := dig(body, "allowed_mentions", "parse").([]any); !ok || len(parse) != 0 {
		return fmt.Errorf("allowed_mentions is not empty: %v", body["allowed_mentions"])
	}
	size := markdown{}.Len
	total := 0
	for _, e := range list(body["embeds"]) {
		title, text := size(str(dig(e, "title"))), size(str(dig(e, "description")))
		total += title + text
		if title > 256 || text > 4096 || total > 6000 {
			return fmt.Errorf("embed of %d and %d characters", title, text)
		}
	}
	if n := size(str(body["content"])); n > 2000 || total == 0 && n == 0 {
		return fmt.Errorf("content of %d characters", n)
	}
	if n := len(list(body["components"])); n > 5 {
		return fmt.Errorf("%d rows", n)
	}
	return allowedComponents(body)
}

// allowedComponents holds the limits of what can be pressed.
func allowedComponents(body map[string]any) error {
	size := markdown{}.Len
	seen := map[string]bool{}
	for _, row := range list(body["components"]) {
		if n := len(list(dig(row, "components"))); n == 0 || n > 5 {
			return fmt.Errorf("%d components in a row", n)
		}
		for _, c := range list(dig(row, "components")) {
			id, options := str(dig(c, "custom_id")), list(dig(c, "options"))
			if str(dig(c, "url")) != "" && id == "" && size(str(dig(c, "label"))) <= 80 {
				continue // a link
			}
			if seen[id] || id == "" || size(id) > 100 || size(str(dig(c, "label"))) > 80 || len(options) > 25 {
				return fmt.Errorf("component %v", c)
			}
			seen[id] = true
			values := map[string]bool{}
			for _, o := range options {
				label, value := str(dig(o, "label")), str(dig(o, "value"))
				if label == "" || size(label) > 100 || value == "" || size(value) > 100 || values[value] {
					return fmt.Errorf("line %v of a menu", o)
				}
				values[value] = true
			}
		}
	}
	return nil
}
