namespace S3Cassandra.Auth.Forms;

/// <summary>What a condition of a POST policy asks for.</summary>
public enum PostConditionKind
{
    /// <summary>A field has that value: <c>{"acl": "private"}</c> or <c>["eq", "$acl", "private"]</c>.</summary>
    Equal,

    /// <summary>A field begins with that value; any value begins with an empty one, but the field has to be there.</summary>
    StartsWith,

    /// <summary>The file has that many bytes.</summary>
    ContentLengthRange,

    /// <summary>What cannot be met: a field without its dollar sign.</summary>
    Unsatisfiable,
}
