package host

import "context"

// Awake says whether this computer can be kept from going to sleep by itself. If not, the
// error says why.
func (c *Cluster) Awake(ctx context.Context) (bool, error) {
	release, err := keepAwake(ctx)
	if err != nil {
		return false, err
	}
	release()
	return true, nil
}

// KeepAwake keeps this computer from going to sleep by itself until release is called or
// the program ends. The screen may go dark.
func (c *Cluster) KeepAwake() (release func(), err error) { return keepAwake(context.Background()) }
