using System.Collections.Frozen;
using System.Text;

namespace SocialHub.Connections.Web;

/// <summary>
/// Text to a tree. Where the text is well-formed XML the tree is the one that <see cref="System.Xml.XmlReader"/> would give (a test holds them together);
/// where it is not, the damage ends at the end of its item. A DTD is skipped, nothing external exists for it, and its cost is linear in the text.
/// </summary>
internal sealed class ForgivingXml
{
    private const int Deepest = 100;
    private const int MostElements = 200_000;

    private static readonly FrozenSet<string> Leaves = FrozenSet.ToFrozenSet(["title", "link", "guid", "pubdate", "category", "comments", "dc:date", "dc:creator"], StringComparer.Ordinal);

    // What stands in a feed's head as words of one line, beside what items have too.
    private static readonly FrozenSet<string> HeadOnly = FrozenSet.ToFrozenSet(["language", "copyright", "managingeditor", "webmaster", "lastbuilddate", "generator", "docs", "ttl"], StringComparer.Ordinal);

    private readonly string _text;
    private readonly FeedNotes _notes;
    private readonly FeedElement _document = new("", "", null);
    private readonly List<FeedElement> _open = [];
    private readonly Dictionary<FeedElement, Dictionary<string, string>> _declared = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);
    private int _position;
    private bool _hasDoctype;
    private int _elements;
    private int _tooDeep;
    private int _items;
    private FeedElement? _item;
    private string _itemName = "item";

    private ForgivingXml(string text, FeedNotes notes) => (_text, _notes) = (text, notes);

    private FeedElement Current => _open.Count > 0 ? _open[^1] : _document;

    /// <summary>The document: its children are what stands at the top level, a root in the good case.</summary>
    public static FeedElement Parse(string text, FeedNotes notes)
    {
        var parser = new ForgivingXml(text, notes);
        parser.Run();
        return parser._document;
    }

    private void Run()
    {
        while (_position < _text.Length && _elements < MostElements)
        {
            var next = _text.IndexOf('<', _position);
            if (next < 0)
                next = _text.Length;
            if (next > _position)
            {
                AddText(FeedEntities.Decode(_text[_position..next].Replace("]]>", "", StringComparison.Ordinal), Repaired));
                _position = next;
                continue;
            }
            Markup();
        }
        if (_open.Count > 0)
            _notes.Repaired("truncated", null, "The document ends in the middle; the items that are whole were kept.");
    }

    private void Markup()
    {
        var rest = _text.AsSpan(_position);
        if (rest.StartsWith("<![CDATA["))
            CData();
        else if (rest.StartsWith("<!--"))
            _position = SectionEnd(_position + 4, "<!--", "-->", "comment-unclosed", out _);
        else if (rest.StartsWith("<!"))
            Declaration();
        else if (rest.StartsWith("<?"))
            _position = Next("?>", _position) is >= 0 and var end && !IsBehindItem(end) ? end + 2 : After(">");
        else if (rest.Length > 2 && rest[1] == '/' && IsNameStart(rest[2]))
            EndTag();
        else if (rest.Length > 1 && IsNameStart(rest[1]))
            StartTag();
        else
        {
            Repaired("less-than");
            AddText("<");
            _position++;
        }
    }

    private int After(string sign) => Next(sign, _position) is >= 0 and var at ? at + sign.Length : _text.Length;

    /// <summary>The first place of a sign, or -1. It is remembered, so that asking again and again from a little further on costs nothing.</summary>
    private int Next(string sign, int from)
    {
        if (!_next.TryGetValue(sign, out var at) || at < from)
        {
            at = from > _text.Length ? -1 : _text.IndexOf(sign, from, StringComparison.Ordinal);
            _next[sign] = at < 0 ? int.MaxValue : at;
        }
        return at is int.MaxValue ? -1 : at;
    }

    /// <summary>Where the item ends that is being read, or the next one begins: what no section may reach over.</summary>
    private int Boundary(int from) => Next(_item is null ? "<" + _itemName : "</" + _itemName, from);

    private bool IsBehindItem(int position) => Boundary(_position) is >= 0 and var boundary && boundary < position;

    private void CData()
    {
        var start = _position + 9;
        _position = SectionEnd(start, "<![CDATA[", "]]>", "cdata-unclosed", out var end);
        var content = _text[start..end];
        if (content.Contains("<![CDATA[", StringComparison.Ordinal))
        {
            Repaired("cdata-nested");
            content = Outer(content).Replace("<![CDATA[", "", StringComparison.Ordinal);
        }
        AddText(content);
    }

    // An inner section ends the outer one too early: that goes on to its own end, where one stands before the element's and the item's.
    private string Outer(string content)
    {
        var text = new StringBuilder(content);
        for (var open = Openings(content); open > 0 && Next("]]>", _position) is >= 0 and var end && Next("</" + Current.RawName, _position) is var own && end < own && !IsBehindItem(end); open--)
        {
            var more = _text[_position..end];
            open += Openings(more);
            text.Append(more);
            _position = end + 3;
        }
        return text.ToString();

        static int Openings(string text) => text.AsSpan().Count("<![CDATA[");
    }

    /// <summary>The end of a CDATA section or a comment: where it says so, or else, when its item ended and the next began one, where its item ends.</summary>
    private int SectionEnd(int start, string opening, string closing, string code, out int contentEnd)
    {
        var end = Next(closing, start);
        var itemEnd = Boundary(start);
        if (itemEnd >= 0 && end >= 0 && itemEnd > end)
            itemEnd = -1;
        if (end >= 0 && (itemEnd < 0 || Next(opening, itemEnd) is var again && (again < 0 || again > end)))
        {
            contentEnd = end;
            return end + closing.Length;
        }
        Repaired(code);
        contentEnd = itemEnd >= 0 ? itemEnd : _text.Length;
        if (_open.Count > 0 && Next("</" + Current.RawName, start) is >= 0 and var own && own < contentEnd)
            contentEnd = own;
        // A section that is open to the end of the text has no end to be trusted: only the text before the next tag is its own.
        if (itemEnd < 0 && _text.IndexOf('<', start) is >= 0 and var tag)
            contentEnd = tag;
        return contentEnd;
    }

    private void Declaration()
    {
        if (_hasDoctype || _open.Count > 0 || !_text.AsSpan(_position).StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
        {
            _position = After(">");
            return;
        }
        _hasDoctype = true;
        Repaired("doctype");
        var depth = 0;
        for (var i = _position + 9; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '[':
                    depth++;
                    break;
                case ']':
                    depth--;
                    break;
                // A quoted literal may hold any of these signs.
                case '"' or '\'' when _text.IndexOf(_text[i], i + 1) is >= 0 and var closed:
                    i = closed;
                    break;
                case '>' when depth <= 0:
                    _position = i + 1;
                    return;
            }
        }
        _position = After(">");
    }

    private void EndTag()
    {
        var name = Name(_position + 2);
        var close = _text.IndexOfAny(['>', '<'], _position + 2);
        _position = close < 0 ? _text.Length : _text[close] == '>' ? close + 1 : close;
        // The end of an item is believed before everything else: nothing of it may leak into the next one.
        var isItem = _item is not null && string.Equals(name, _item.RawName, StringComparison.OrdinalIgnoreCase);
        if (_tooDeep > 0 && !isItem)
        {
            _tooDeep--;
            return;
        }
        // The end of the whole feed inside an item is believed only when no other item follows.
        var floor = _item is null || (IsFrame(name) && Next("<" + _itemName, _position) < 0) ? 0 : _open.IndexOf(_item);
        for (var i = _open.Count - 1; i >= floor; i--)
        {
            if (_open[i].RawName != name && !string.Equals(_open[i].RawName, name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (_item is not null && i < _open.IndexOf(_item))
            {
                // The feed goes on to its own end, so nothing of its last item is missing.
                Repaired("item-unclosed");
                _item.IsClosed = true;
            }
            else if (i < _open.Count - 1)
                Repaired("unclosed-element");
            CloseTo(i, isClosed: true);
            return;
        }
        Repaired("stray-end-tag");
    }

    private static bool IsFrame(string name) => name.ToLowerInvariant() is "channel" or "rss" or "feed" or "rdf" or "rdf:rdf" or "atom:feed";

    private void CloseTo(int index, bool isClosed)
    {
        _open[index].IsClosed = isClosed;
        for (var i = _open.Count - 1; i >= index; i--)
        {
            if (ReferenceEquals(_open[i], _item))
                _item = null;
            _declared.Remove(_open[i]);
        }
        _open.RemoveRange(index, _open.Count - index);
        _tooDeep = 0;
    }

    private void StartTag()
    {
        var raw = Name(_position + 1);
        var position = _position + 1 + raw.Length;
        List<KeyValuePair<string, string>> attributes = [];
        var isEmpty = false;
        while (true)
        {
            while (position < _text.Length && char.IsWhiteSpace(_text[position]))
                position++;
            if (position >= _text.Length)
                break;
            if (_text[position] == '>')
            {
                position++;
                break;
            }
            if (_text[position] == '<')
            {
                Repaired("unclosed-tag");
                break;
            }
            if (_text[position] == '/')
            {
                isEmpty = position + 1 < _text.Length && _text[position + 1] == '>';
                position++;
                continue;
            }
            isEmpty = false;
            position = Attribute(position, attributes);
        }
        _position = position;
        Open(raw, attributes, isEmpty);
    }

    private int Attribute(int position, List<KeyValuePair<string, string>> attributes)
    {
        var start = position;
        while (position < _text.Length && _text[position] is not ('=' or '>' or '<' or '/') && !char.IsWhiteSpace(_text[position]))
            position++;
        var name = _text[start..position].ToLowerInvariant();
        var next = position;
        while (next < _text.Length && char.IsWhiteSpace(_text[next]))
            next++;
        if (next >= _text.Length || _text[next] != '=')
        {
            Repaired("attribute-without-value");
            // An odd character where a name should be must not hold the reader in place.
            return position == start ? position + 1 : position;
        }
        position = next + 1;
        while (position < _text.Length && char.IsWhiteSpace(_text[position]))
            position++;
        if (position >= _text.Length)
            return position;
        string value;
        if (_text[position] is '"' or '\'')
            value = Quoted(ref position);
        else
        {
            Repaired("attribute-unquoted");
            var from = position;
            while (position < _text.Length && _text[position] is not ('>' or '<') && !char.IsWhiteSpace(_text[position]))
                position++;
            value = _text[from..position];
        }
        if (name.Length > 0 && attributes.Count < 100)
            attributes.Add(new(name, FeedEntities.Decode(value.Replace('\n', ' ').Replace('\t', ' '), Repaired)));
        return position;
    }

    private string Quoted(ref int position)
    {
        var from = position + 1;
        var end = _text.IndexOf(_text[position], from);
        var less = _text.IndexOf('<', from, (end < 0 ? _text.Length : end) - from);
        if (end >= 0 && less < 0)
        {
            position = end + 1;
            return _text[from..end];
        }
        // A "<" in a value is no XML. The quote is believed when what follows it can follow a value and no item began inside.
        if (end >= 0 && end - from < 2000 && (end + 1 == _text.Length || _text[end + 1] is '>' or '/' || char.IsWhiteSpace(_text[end + 1]))
            && !HoldsItem(_text.AsSpan(from, end - from)))
        {
            Repaired("attribute-less-than");
            position = end + 1;
            return _text[from..end];
        }
        Repaired("attribute-unclosed");
        var stop = _text.IndexOfAny(['>', '<'], from);
        position = stop < 0 ? _text.Length : stop;
        return _text[from..position];
    }

    private static bool HoldsItem(ReadOnlySpan<char> text) =>
        text.Contains("<item", StringComparison.Ordinal) || text.Contains("</item", StringComparison.Ordinal) || text.Contains("<entry", StringComparison.Ordinal) || text.Contains("</entry", StringComparison.Ordinal);

    private void Open(string raw, List<KeyValuePair<string, string>> attributes, bool isEmpty)
    {
        var lower = raw.ToLowerInvariant();
        var colon = lower.IndexOf(':', StringComparison.Ordinal);
        var (prefix, local) = colon < 0 ? ("", lower) : (lower[..colon], lower[(colon + 1)..]);
        var declared = attributes.Where(a => a.Key == "xmlns" || a.Key.StartsWith("xmlns:", StringComparison.Ordinal)).ToList();
        var space = FeedNames.Prefix(prefix, declared.FirstOrDefault(a => a.Key == (prefix.Length == 0 ? "xmlns" : "xmlns:" + prefix)).Value ?? Declared(prefix));
        if (prefix.Length > 0 && FeedNames.IsUsual(prefix) && prefix != "xml" && !declared.Exists(a => a.Key == "xmlns:" + prefix) && Declared(prefix) is null)
            _notes.Repaired("namespace-undeclared", null, $"The prefix \"{prefix}\" is not declared; it was taken for the usual one.");
        var name = space.Length == 0 ? local : $"{space}:{local}";
        var isItem = name is "item" or "entry" or "atom:entry";
        if (isItem && _item is not null)
        {
            Repaired("item-unclosed");
            CloseTo(_open.IndexOf(_item), isClosed: true);
        }
        if (_open.Count >= Deepest)
        {
            Repaired("too-deep");
            _tooDeep += isEmpty ? 0 : 1;
            return;
        }
        _elements++;
        if (EndsLeaf(name, isItem))
        {
            Repaired("unclosed-element");
            CloseTo(_open.Count - 1, isClosed: true);
        }
        var element = new FeedElement(raw, name, _open.Count > 0 ? _open[^1] : null);
        foreach (var (key, value) in attributes)
        {
            if (!element.Attributes.TryAdd(key, value))
                Repaired("attribute-twice");
        }
        if (declared.Count > 0 && !isEmpty)
            _declared[element] = declared.GroupBy(a => a.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        if (isItem)
        {
            element.Item = ++_items;
            _itemName = raw;
        }
        Current.Children.Add(element);
        if (isEmpty)
        {
            element.IsClosed = true;
            return;
        }
        _open.Add(element);
        if (isItem)
            _item = element;
    }

    // Words of one line hold no other part of an item or of the feed's head, and no item: one that was not ended ends there.
    private bool EndsLeaf(string name, bool isItem)
    {
        if (_item is not null)
            return Leaves.Contains(Current.Name) && (Leaves.Contains(name) || name is "description" or "content:encoded" or "enclosure" or "author");
        // Elsewhere than right in a channel nobody knows what an element of this name is.
        if (Current.Parent?.Name != "channel")
            return false;
        var isLine = Leaves.Contains(Current.Name) || HeadOnly.Contains(Current.Name);
        return (isLine || Current.Name == "description") && (isItem || HeadOnly.Contains(name) || (isLine && (Leaves.Contains(name) || name == "description")));
    }

    private string? Declared(string prefix)
    {
        var name = prefix.Length == 0 ? "xmlns" : "xmlns:" + prefix;
        for (var i = _open.Count - 1; i >= 0 && _declared.Count > 0; i--)
        {
            if (_declared.TryGetValue(_open[i], out var there) && there.TryGetValue(name, out var address))
                return address;
        }
        return null;
    }

    private void AddText(string text)
    {
        if (text.Length == 0)
            return;
        var children = Current.Children;
        if (children is [.., string last] && last.Length < 200)
            children[^1] = last + text;
        else
            children.Add(text);
    }

    private string Name(int start)
    {
        var end = start;
        while (end < _text.Length && end - start < 200 && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '-' or '.' or ':'))
            end++;
        return _text[start..end];
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or ':';

    private void Repaired(string code) => _notes.Repaired(code, _item?.Item, Words(code));

    private static string Words(string code) => code switch
    {
        "ampersand" => "A bare \"&\" was taken for itself.",
        "html-entity" => "An entity of HTML, which XML does not have, was read.",
        "character-reference" => "A reference to a character that XML forbids was read as in HTML, or removed.",
        "less-than" => "A bare \"<\" was taken for itself.",
        "doctype" => "A DTD was skipped; nothing that it defines is used.",
        "cdata-unclosed" => "A CDATA section without an end was ended with its item.",
        "cdata-nested" => "A CDATA section inside another was opened.",
        "comment-unclosed" => "A comment without an end was ended with its item.",
        "unclosed-element" => "An element without an end was ended by the one around it.",
        "stray-end-tag" => "An end tag without a beginning was ignored.",
        "unclosed-tag" => "A tag without its \">\" was ended.",
        "item-unclosed" => "An item without an end was ended where the next begins.",
        "attribute-without-value" or "attribute-unquoted" or "attribute-less-than" or "attribute-unclosed" or "attribute-twice" => "An attribute was read although it is not written as XML wants.",
        "too-deep" => "Elements nested too deep were flattened.",
        _ => code,
    };
}
