namespace S3Cassandra.Auth.AccessControl;

/// <summary>
/// A list as stores keep it: a format byte (1), the number of grants, then of each a byte with kind and permission and, for an account, the
/// length and the bytes that its canonical id is the hexadecimal form of: 34 bytes a grant, a list of the usual kind 37. What every resource
/// has by itself is not stored at all: no bytes.
/// </summary>
public static class AccessControlListCodec
{
    private const byte Format = 1;

    /// <summary>Packs a list of a resource with that owner.</summary>
    public static byte[] Encode(AccessControlList list, string owner)
    {
        if (list.IsPrivate(owner))
        {
            return [];
        }

        using var memory = new MemoryStream();
        memory.WriteByte(Format);
        memory.WriteByte((byte)list.Grants.Count);
        foreach (var (grantee, permission) in list.Grants)
        {
            memory.WriteByte((byte)(((int)grantee.Kind << 4) | (int)permission));
            if (grantee.Kind == GranteeKind.CanonicalUser)
            {
                var id = Convert.FromHexString(grantee.CanonicalId);
                memory.WriteByte((byte)id.Length);
                memory.Write(id);
            }
        }

        return memory.ToArray();
    }

    /// <summary>The list of a resource with that owner. One that cannot be read gives nobody anything.</summary>
    public static AccessControlList Decode(ReadOnlySpan<byte> packed, string owner)
    {
        if (packed.IsEmpty)
        {
            return AccessControlList.Private(owner);
        }

        if (packed.Length < 2 || packed[0] != Format)
        {
            return new AccessControlList([]);
        }

        var grants = new List<Grant>(packed[1]);
        var rest = packed[2..];
        while (grants.Count < packed[1] && !rest.IsEmpty)
        {
            var (kind, permission) = ((GranteeKind)(rest[0] >> 4), (AclPermission)(rest[0] & 15));
            rest = rest[1..];
            var id = "";
            if (kind == GranteeKind.CanonicalUser)
            {
                if (rest.IsEmpty || rest.Length <= rest[0])
                {
                    return new AccessControlList([]);
                }

                id = Convert.ToHexStringLower(rest[1..(1 + rest[0])]);
                rest = rest[(1 + id.Length / 2)..];
            }

            grants.Add(new Grant(new Grantee(kind, id), permission));
        }

        return new AccessControlList(grants.Count == packed[1] ? grants : []);
    }
}
