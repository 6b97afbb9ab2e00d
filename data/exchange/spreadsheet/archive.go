package spreadsheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

const (
	// maxUnpacked is how many bytes are unpacked at most: some 150 times what 100,000 patients take.
	maxUnpacked = 4 << 30
	// maxToken is how many bytes a tag or a text of XML has at most.
	maxToken = 4 << 20
	maxDepth = 1000 // of elements in elements
	maxName  = 255  // bytes of a name, or of a format's code, as Excel has
)

// source remembers why it could not be read, to tell that from what is damaged.
type source struct {
	io.ReaderAt
	err error
}

func (s *source) ReadAt(p []byte, at int64) (int, error) {
	n, err := s.ReaderAt.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// archive is the ZIP archive that a workbook is.
type archive struct {
	files map[string]*zip.File // by their names in small letters
	left  int64                // bytes that may still be unpacked
}

func open(in *source, size int64) (*archive, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, ErrDamaged
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), left: maxUnpacked}
	for _, f := range z.File {
		a.files[strings.ToLower(f.Name)] = f
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.files[strings.ToLower(name)] != nil }

// kind tells by the names in an archive what it is.
func (a *archive) kind() (Kind, error) {
	for name := range a.files {
		if strings.HasPrefix(name, "index/") && strings.HasSuffix(name, ".iwa") { // Apple's Numbers
			return 0, ErrUnknown
		}
	}
	switch {
	case a.has("_rels/.rels") && a.has("[Content_Types].xml"):
		return XLSX, nil
	case a.has("mimetype"):
		return ODS, a.checkODS()
	}
	return 0, ErrNone
}

// part is one file of the archive, read as XML.
type part struct {
	archive *archive
	in      *bufio.Reader
	closer  io.Closer
	xml     *xml.Decoder
	inside  []xml.Name // the elements that have begun
	taken   int        // bytes of the token
}

func (a *archive) part(name string) (*part, error) {
	f := a.files[strings.ToLower(name)]
	if f == nil {
		return nil, ErrDamaged
	}
	in, err := f.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	p := &part{archive: a, in: bufio.NewReaderSize(in, 64<<10), closer: in}
	p.xml = xml.NewDecoder(p)
	return p, nil
}

// ReadByte is all that the decoder reads by: so no token grows over its bound.
func (p *part) ReadByte() (byte, error) {
	p.taken++
	p.archive.left--
	if p.taken > maxToken || p.archive.left < 0 {
		return 0, ErrTooLarge
	}
	return p.in.ReadByte()
}

// Read is for want of another io.Reader with ReadByte.
func (p *part) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	var err error
	if b[0], err = p.ReadByte(); err != nil {
		return 0, err
	}
	return 1, nil
}

// next is the next token; io.EOF at the end, where the archive has checked the sum of all. It does what
// the decoder's Token does, but for namespaces, in half the time.
func (p *part) next() (xml.Token, error) {
	p.taken = 0
	token, err := p.xml.RawToken()
	switch {
	case errors.Is(err, ErrTooLarge), errors.Is(err, io.EOF) && len(p.inside) == 0:
		return nil, err
	case err != nil, !p.nest(token):
		return nil, ErrDamaged
	}
	return token, nil
}

// nest says that a token can stand where it does.
func (p *part) nest(token xml.Token) bool {
	switch t := token.(type) {
	case xml.Directive: // a document type
		return false
	case xml.StartElement:
		if len(t.Name.Space)+len(t.Name.Local) > maxName {
			return false
		}
		p.inside = append(p.inside, t.Name)
	case xml.EndElement:
		last := len(p.inside) - 1
		if last < 0 || p.inside[last] != t.Name {
			return false
		}
		p.inside = p.inside[:last]
	}
	return len(p.inside) <= maxDepth
}

// each gives do all tokens of a part.
func (a *archive) each(name string, do func(*part, xml.Token) error) error {
	p, err := a.part(name)
	if err != nil {
		return err
	}
	defer p.closer.Close()
	for {
		token, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = do(p, token)
		}
		if err != nil {
			return err
		}
	}
}

// skip passes over what is in an element that has just begun.
func (p *part) skip() error {
	for depth := len(p.inside); len(p.inside) >= depth; {
		if _, err := p.next(); err != nil {
			return err
		}
	}
	return nil
}

// attr is an attribute of an element; "" if it has none of that name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// name is an attribute that is kept, cut to what programs have.
func name(e xml.StartElement, of string) string {
	value := attr(e, of)
	return strings.ToValidUTF8(strings.Clone(value[:min(len(value), maxName)]), "")
}

// relations are the targets of a part's relationships: by their ids, and by the last word of
// their types.
func (a *archive) relations(of string) (byID, byType map[string]string, err error) {
	byID, byType = make(map[string]string), make(map[string]string)
	dir, file := path.Split(of)
	err = a.each(dir+"_rels/"+file+".rels", func(_ *part, token xml.Token) error {
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" || len(byID) > maxSheets {
			return nil
		}
		target := name(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		target = strings.TrimPrefix(path.Clean(target), "/")
		kind := path.Base(name(e, "Type"))
		byType[kind] = target
		byID[name(e, "Id")] = target
		return nil
	})
	return byID, byType, err
}
