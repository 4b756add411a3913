namespace S3Cassandra.S3Server.Xml;

/// <summary>An element of a request's document: local name, text without surrounding white space where it has no children, children in order.</summary>
internal sealed class XmlElement(string name)
{
    private readonly List<XmlElement> _children = [];

    public string Name => name;

    public string Text { get; private set; } = "";

    /// <summary>Its xsi:type, without prefix; null without one. No other attribute means anything in a request.</summary>
    public string? Type { get; init; }

    public IReadOnlyList<XmlElement> Children => _children;

    /// <summary>The first child of that name; null when there is none.</summary>
    public XmlElement? Child(string childName)
    {
        foreach (var child in _children)
        {
            if (child.Name == childName)
            {
                return child;
            }
        }

        return null;
    }

    public IEnumerable<XmlElement> ChildrenNamed(string childName) => _children.Where(child => child.Name == childName);

    internal void Add(XmlElement child) => _children.Add(child);

    internal void Append(string text) => Text += text;
}
