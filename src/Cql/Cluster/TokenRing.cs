namespace S3Cassandra.Cql.Cluster;

/// <summary>The tokens of all nodes in their order. A key belongs to the first token that is not less than its own; after the last comes the first.</summary>
internal sealed class TokenRing
{
    private readonly long[] _tokens;
    private readonly Node[] _owners;

    public TokenRing(IEnumerable<KeyValuePair<long, Node>> tokens)
    {
        var sorted = tokens.ToArray();
        Array.Sort(sorted, static (a, b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Value.HostId.CompareTo(b.Value.HostId));
        _tokens = Array.ConvertAll(sorted, static pair => pair.Key);
        _owners = Array.ConvertAll(sorted, static pair => pair.Value);
    }

    public int Count => _tokens.Length;

    /// <summary>The position that a token belongs to; the ring is not empty.</summary>
    public int Find(long token)
    {
        var at = Array.BinarySearch(_tokens, token);
        at = at < 0 ? ~at : at;
        return at == _tokens.Length ? 0 : at;
    }

    /// <summary>The node at a position; positions past the end begin anew.</summary>
    public Node Owner(int position) => _owners[position % _owners.Length];

    /// <summary>Every node once.</summary>
    public IEnumerable<Node> Nodes => _owners.Distinct();
}
