// Package today is the day at the front desk: who comes when and to whom, who
// waits, and booking. It shows the week, too.
package today
