namespace SocialHub.Connections.Web;

/// <summary>An element of a feed's document.</summary>
/// <param name="rawName">As written, prefix included.</param>
/// <param name="name">Lower case, with the usual prefix of its namespace (<see cref="FeedNames"/>).</param>
/// <param name="parent">Null: the document.</param>
internal sealed class FeedElement(string rawName, string name, FeedElement? parent)
{
    public string RawName { get; } = rawName;

    public string Name { get; } = name;

    public FeedElement? Parent { get; } = parent;

    /// <summary>Names as written, lower case.</summary>
    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Elements and text in their order.</summary>
    public List<object> Children { get; } = [];

    /// <summary>False where the document ended, or another item began, inside it.</summary>
    public bool IsClosed { get; set; }

    /// <summary>For an item: its number in the document, from 1.</summary>
    public int Item { get; set; }

    public IEnumerable<FeedElement> Elements => Children.OfType<FeedElement>();

    public string? Attribute(string name) => Attributes.GetValueOrDefault(name);

    /// <summary>All its text, markup left out.</summary>
    public string Text
    {
        get
        {
            if (Children is [string only])
                return only;
            var text = new System.Text.StringBuilder();
            Append(this);
            return text.ToString();

            void Append(FeedElement element)
            {
                foreach (var child in element.Children)
                {
                    if (child is string s)
                        text.Append(s);
                    else
                        Append((FeedElement)child);
                }
            }
        }
    }

    /// <summary>Children by any of these names, in the order of the names.</summary>
    public IEnumerable<FeedElement> Named(params string[] names) => names.SelectMany(name => Elements.Where(e => e.Name == name));

    /// <summary>The text of the first child, in the order of the names, that has any.</summary>
    public string? TextOf(params string[] names) => Named(names).Select(e => e.Text.Trim()).FirstOrDefault(t => t.Length > 0);
}
