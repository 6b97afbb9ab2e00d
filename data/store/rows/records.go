package rows

import (
	"fmt"
	"strings"

	"anteroom/auth"
)

// Sealed records: tables of one shape, walked by id. Some have columns in clear
// beside id and version.

// clearColumns are the columns of a table that stand in clear, beside id and
// version, in the order of clearFields.
var clearColumns = map[auth.RecordTable][]string{
	auth.TablePatient:     {"batch"},
	auth.TableAppointment: {"starts", "ends", "status"},
}

// clearFields are where a row keeps them.
func (r *Rows) clearFields(row *auth.RecordRow) []any {
	switch row.Table {
	case auth.TablePatient:
		return []any{&row.Batch}
	case auth.TableAppointment:
		return []any{r.conn.Number(&row.Clear.Starts), r.conn.Number(&row.Clear.Ends), &row.Clear.Status}
	}
	return nil
}

// clearValues are what a row keeps in them.
func clearValues(row *auth.RecordRow) []any {
	switch row.Table {
	case auth.TablePatient:
		return []any{row.Batch}
	case auth.TableAppointment:
		return []any{row.Clear.Starts, row.Clear.Ends, row.Clear.Status}
	}
	return nil
}

// tableQueries are the queries of one table of records.
type tableQueries struct{ get, page, all, count, insert, update, remove string }

// queries are those of each table that auth lists.
var queries = func() map[auth.RecordTable]tableQueries {
	all := map[auth.RecordTable]tableQueries{}
	for _, t := range auth.RecordTables {
		all[t] = tableQueries{
			get:    fmt.Sprintf("SELECT %s FROM %s WHERE id = $1", columns(t), t),
			page:   fmt.Sprintf("SELECT %s FROM %s WHERE id > $1 ORDER BY id LIMIT $2", columns(t), t),
			all:    fmt.Sprintf("SELECT %s FROM %s ORDER BY id", columns(t), t),
			count:  fmt.Sprintf("SELECT count(*) FROM %s", t),
			insert: insertQuery(t),
			update: updateQuery(t),
			remove: fmt.Sprintf("DELETE FROM %s WHERE id = $1", t),
		}
	}
	return all
}()

// queriesOf are those of a table. Only those that auth lists are: a name is not a
// value that $1 could stand for.
func queriesOf(t auth.RecordTable) (tableQueries, error) {
	q, ok := queries[t]
	if !ok {
		return q, fmt.Errorf("%q is no table of records", t)
	}
	return q, nil
}

// columns are all of a table, in the order of into.
func columns(t auth.RecordTable) string {
	return strings.Join(append([]string{"id", "version", "sealed"}, clearColumns[t]...), ", ")
}

// into are the fields of a row, in the order of columns.
func (r *Rows) into(row *auth.RecordRow) []any {
	return append([]any{&row.ID, r.conn.Number(&row.Version), &row.Sealed}, r.clearFields(row)...)
}

// Record reads one record.
func (r *Rows) Record(t auth.RecordTable, id string) (auth.RecordRow, error) {
	q, err := queriesOf(t)
	if err != nil {
		return auth.RecordRow{}, err
	}
	row := auth.RecordRow{Table: t}
	if err := r.get(q.get, []any{id}, r.into(&row)...); err != nil {
		return row, fmt.Errorf("read record of %s: %w", t, err)
	}
	return row, nil
}

// Records reads a page of records: those that come after an id, by id.
func (r *Rows) Records(t auth.RecordTable, after string, limit int) ([]auth.RecordRow, error) {
	q, err := queriesOf(t)
	if err != nil {
		return nil, err
	}
	return r.records(t, q.page, after, limit)
}

var (
	betweenQuery = "SELECT " + columns(auth.TableAppointment) +
		" FROM appointment WHERE starts >= $1 AND starts < $2 AND ends > $3 ORDER BY starts, id"
	// That the batch has a name lets SQLite use the index, which has no others.
	batchQuery = "SELECT " + columns(auth.TablePatient) +
		" FROM patient WHERE batch = $1 AND batch <> '' AND id > $2 ORDER BY id LIMIT $3"
)

// RecordsBetween reads the appointments that begin in a time and end after another.
func (r *Rows) RecordsBetween(from, to, endsAfter int64) ([]auth.RecordRow, error) {
	return r.records(auth.TableAppointment, betweenQuery, from, to, endsAfter)
}

// BatchRecords reads a page of the patients of an import.
func (r *Rows) BatchRecords(batch, after string, limit int) ([]auth.RecordRow, error) {
	return r.records(auth.TablePatient, batchQuery, batch, after, limit)
}

func (r *Rows) records(t auth.RecordTable, query string, args ...any) (out []auth.RecordRow, err error) {
	err = r.query(query, args, func(found Found) error {
		row := auth.RecordRow{Table: t}
		err := found.Scan(r.into(&row)...)
		out = append(out, row)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read records of %s: %w", t, err)
	}
	return out, nil
}

// EachRecord reads all of a table, one after the other. Of each only the texts are
// new memory, where the engine lets others be read meanwhile. What fn gives ends it,
// and comes back as it is.
func (r *Rows) EachRecord(t auth.RecordTable, fn func(auth.RecordRow) error) error {
	q, err := queriesOf(t)
	if err != nil {
		return err
	}
	if size, ahead := r.conn.Page(); size > 0 {
		return r.eachByPage(t, size, ahead, fn)
	}
	row := auth.RecordRow{Table: t}
	columns := r.borrowing(&row)
	var theirs error // says nothing of the database
	err = r.query(q.all, nil, func(found Found) error {
		if err := found.Scan(columns...); err != nil {
			return err
		}
		theirs = fn(row)
		return theirs
	})
	if theirs != nil {
		return theirs
	}
	if err != nil {
		return fmt.Errorf("read records of %s: %w", t, err)
	}
	return nil
}

// borrowing are the targets of a row whose sealed value is good until the next one.
func (r *Rows) borrowing(row *auth.RecordRow) []any {
	columns := r.into(row)
	columns[2] = r.conn.Borrowed(&row.Sealed)
	return columns
}

// CountRecords counts them.
func (r *Rows) CountRecords(t auth.RecordTable) (n int, err error) {
	q, err := queriesOf(t)
	if err != nil {
		return 0, err
	}
	if err := r.get(q.count, nil, &n); err != nil {
		return 0, fmt.Errorf("count records of %s: %w", t, err)
	}
	return n, nil
}

// PutRecord writes a record that is new (read is 0) or has the version read.
func (r *Rows) PutRecord(row auth.RecordRow, read int64) error {
	q, err := queriesOf(row.Table)
	if err != nil {
		return err
	}
	if err := clean(row.ID, row.Batch, row.Clear.Status); err != nil {
		return err
	}
	query := q.update
	args := append([]any{row.Version, row.Sealed}, clearValues(&row)...)
	args = append(args, row.ID, read)
	if read == 0 {
		query, args = q.insert, args[:len(args)-1]
	}
	return r.write("write record of "+string(row.Table), One, query, args...)
}

func updateQuery(t auth.RecordTable) string {
	set := "version = $1, sealed = $2"
	n := 3
	for _, column := range clearColumns[t] {
		set += fmt.Sprintf(", %s = $%d", column, n)
		n++
	}
	return fmt.Sprintf("UPDATE %s SET %s WHERE id = $%d AND version = $%d", t, set, n, n+1)
}

func insertQuery(t auth.RecordTable) string {
	columns := append([]string{"version", "sealed"}, clearColumns[t]...)
	values := make([]string, len(columns)+1)
	for i := range values {
		values[i] = fmt.Sprintf("$%d", i+1)
	}
	return fmt.Sprintf("INSERT INTO %s (%s, id) VALUES (%s) ON CONFLICT DO NOTHING", t, strings.Join(columns, ", "), strings.Join(values, ", "))
}

// DeleteRecord removes a record.
func (r *Rows) DeleteRecord(t auth.RecordTable, id string) error {
	q, err := queriesOf(t)
	if err != nil {
		return err
	}
	return r.write("remove record of "+string(t), Any, q.remove, id)
}

// DeleteBatch removes some patients of an import.
func (r *Rows) DeleteBatch(batch string, limit int) (int, error) {
	n, err := r.conn.Exec("DELETE FROM patient WHERE id IN (SELECT id FROM patient WHERE batch = $1 AND batch <> '' ORDER BY id LIMIT $2)", batch, limit)
	if err != nil {
		return 0, fmt.Errorf("remove patients of an import: %w", r.conn.Meaning(err))
	}
	return int(n), nil
}
