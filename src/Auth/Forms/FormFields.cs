namespace S3Cassandra.Auth.Forms;

/// <summary>
/// The fields of an upload form that stand before its file, in the order they came. Names count without regard to case; fields of one name
/// are one, their values joined by commas, as policies have to write them.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html"/>
public sealed class FormFields
{
    private const string Filename = "${filename}";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];

    /// <summary>The names as they were sent first.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>A field's value; null where there is no such field.</summary>
    public string? Get(string name) => _values.GetValueOrDefault(name);

    /// <summary>Whether there is a field of that name, be it empty.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Adds a field.</summary>
    public void Add(string name, string value)
    {
        if (_values.TryGetValue(name, out var before))
        {
            _values[name] = string.Concat(before, ",", value);
            return;
        }

        _values.Add(name, value);
        _names.Add(name);
    }

    /// <summary>
    /// The same fields with <c>${filename}</c> replaced, of which only what follows the last slash or backslash counts. Null where the
    /// result would have more than <paramref name="mostCharacters"/>, which a short form can ask for.
    /// </summary>
    public FormFields? WithFilename(string filename, int mostCharacters)
    {
        var name = filename[(filename.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var expanded = new FormFields();
        var length = 0L;
        foreach (var field in _names)
        {
            var value = _values[field];
            length += value.Length + ((long)value.AsSpan().Count(Filename) * name.Length);
            if (length > mostCharacters)
            {
                return null;
            }

            expanded.Add(field, value.Replace(Filename, name, StringComparison.Ordinal));
        }

        return expanded;
    }
}
