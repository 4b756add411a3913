namespace S3Cassandra.Auth.AccessControl;

/// <summary>Reads x-amz-grant-*: <c>id="79a5…", uri="http://…", emailAddress="…"</c>, quoted or not.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html"/>
public static class GrantHeader
{
    /// <summary>The headers and what each gives.</summary>
    public static IReadOnlyList<(string Name, AclPermission Permission)> Names { get; } =
    [
        ("x-amz-grant-full-control", AclPermission.FullControl),
        ("x-amz-grant-read", AclPermission.Read),
        ("x-amz-grant-read-acp", AclPermission.ReadAcp),
        ("x-amz-grant-write", AclPermission.Write),
        ("x-amz-grant-write-acp", AclPermission.WriteAcp),
    ];

    /// <summary>Adds the grants of a header's value; what is wrong with it, or null. Ids are taken as they are.</summary>
    public static GrantFault? Read(string value, AclPermission permission, List<Grant> grants)
    {
        foreach (var range in value.AsSpan().Split(','))
        {
            var item = value.AsSpan()[range].Trim();
            var equals = item.IndexOf('=');
            if (equals <= 0)
            {
                return GrantFault.Malformed;
            }

            var name = item[..equals].TrimEnd();
            var text = item[(equals + 1)..].Trim();
            text = text is ['"' or '\'', _, ..] && text[0] == text[^1] ? text[1..^1] : text;
            if (text.IsEmpty)
            {
                return GrantFault.Malformed;
            }

            if (GranteeOf(name, text, out var grantee) is { } fault)
            {
                return fault;
            }

            grants.Add(new Grant(grantee, permission));
            if (grants.Count > AccessControlList.MaxGrants)
            {
                return GrantFault.TooMany;
            }
        }

        return null;
    }

    private static GrantFault? GranteeOf(ReadOnlySpan<char> name, ReadOnlySpan<char> text, out Grantee grantee)
    {
        grantee = default;
        if (name.Equals("id", StringComparison.OrdinalIgnoreCase))
        {
            grantee = Grantee.Account(text.ToString());
            return null;
        }

        if (name.Equals("uri", StringComparison.OrdinalIgnoreCase))
        {
            if (Grantee.OfUri(text.ToString()) is not { } group)
            {
                return GrantFault.UnknownGroup;
            }

            grantee = group;
            return null;
        }

        return name.Equals("emailAddress", StringComparison.OrdinalIgnoreCase) ? GrantFault.EmailAddress : GrantFault.Malformed;
    }
}
