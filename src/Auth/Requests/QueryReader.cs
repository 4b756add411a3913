namespace S3Cassandra.Auth.Requests;

/// <summary>Walks the parameters of a raw query: separated by <c>&amp;</c>, empty ones skipped, name and value still percent-encoded.</summary>
internal ref struct QueryReader(ReadOnlySpan<char> rawQuery)
{
    private ReadOnlySpan<char> _rest = rawQuery;

    /// <summary>The current parameter's name, as sent.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>The current parameter's value, as sent; empty when there is none.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>Whether the current parameter has an equals sign.</summary>
    public bool HasEquals { get; private set; }

    /// <summary>Goes to the next parameter.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            var pair = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            HasEquals = equals >= 0;
            Name = equals < 0 ? pair : pair[..equals];
            Value = equals < 0 ? [] : pair[(equals + 1)..];
            return true;
        }

        return false;
    }
}
