namespace S3Cassandra.Cql;

/// <summary>A column's or marker's type: a code, and for collections, tuples and user types the types within, in the wire's order (a map's key first).</summary>
public sealed record CqlType(CqlTypeCode Code, IReadOnlyList<CqlType> Arguments, string? Name = null)
{
    private static readonly CqlType[] Scalars = [.. Enumerable.Range(0, (int)CqlTypeCode.List).Select(code => new CqlType((CqlTypeCode)code, []))];

    /// <summary>The type of a code that has no arguments.</summary>
    public static CqlType Scalar(CqlTypeCode code) => (int)code < Scalars.Length ? Scalars[(int)code] : new CqlType(code, []);

    /// <summary>Types are equal when their codes, names and arguments are.</summary>
    public bool Equals(CqlType? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Code == other.Code && Name == other.Name && Arguments.SequenceEqual(other.Arguments));

    public override int GetHashCode() => Arguments.Aggregate(HashCode.Combine(Code, Name), HashCode.Combine);

    /// <summary>The type as CQL writes it: <c>map&lt;uuid, bigint&gt;</c>.</summary>
    public override string ToString()
    {
        var name = Name ?? Code.ToString().ToLowerInvariant();
        return Arguments.Count == 0 ? name : $"{name}<{string.Join(", ", Arguments)}>";
    }
}
