package demo

import "time"

func userJSON(u user) map[string]any {
	return map[string]any{"id": u.ID, "username": u.Username}
}

func projectJSON(p project) map[string]any {
	return map[string]any{"id": p.ID, "name": p.Name, "visibility": p.Visibility, "created_at": p.CreatedAt.Format(time.RFC3339)}
}

func milestoneJSON(m milestone) map[string]any {
	return map[string]any{"id": m.ID, "title": m.Title, "due_on": m.DueOn}
}

func issueJSON(i issue) map[string]any {
	return map[string]any{
		"id": i.ID, "title": i.Title, "state": i.State, "priority": i.Priority, "estimate": i.Estimate,
		"comments_count": i.Comments, "author": userJSON(i.Author),
		"created_at": i.CreatedAt.Format(time.RFC3339), "closed_at": moment(i.ClosedAt),
	}
}

func commentJSON(c comment) map[string]any {
	return map[string]any{"id": c.ID, "body": c.Body, "author": userJSON(c.Author), "created_at": c.CreatedAt.Format(time.RFC3339)}
}

// moment is a time as JSON has it, null where it has not come.
func moment(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format(time.RFC3339)
}
