using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Tests.Support;

/// <summary>Header fields as they stand in a request, in order, repeated ones included.</summary>
internal sealed class HeaderList : IRequestHeaders
{
    private readonly List<(string Name, List<string> Values)> _entries = [];

    public int Count => _entries.Count;

    public string NameAt(int index) => _entries[index].Name;

    public int ValueCountAt(int index) => _entries[index].Values.Count;

    public string ValueAt(int index, int line) => _entries[index].Values[line];

    public string? this[string name]
    {
        get => Entry(name) is { } values ? string.Join(',', values) : null;
        set
        {
            Remove(name);
            if (value is not null)
            {
                Add(name, value);
            }
        }
    }

    public void Add(string name, string value)
    {
        if (Entry(name) is { } values)
        {
            values.Add(value);
        }
        else
        {
            _entries.Add((name, [value]));
        }
    }

    public void Remove(string name) => _entries.RemoveAll(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IReadOnlyList<string> Values(string name) => Entry(name) ?? [];

    public IEnumerable<string> Names() => _entries.Select(entry => entry.Name).ToList();

    public HeaderList Copy()
    {
        var copy = new HeaderList();
        copy._entries.AddRange(_entries.Select(entry => (entry.Name, entry.Values.ToList())));
        return copy;
    }

    private List<string>? Entry(string name) =>
        _entries.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Values;
}
