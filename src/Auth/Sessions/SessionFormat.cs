using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.Auth.Sessions;

/// <summary>The packed form of a session inside its token. A later format gets another version in front of the token.</summary>
internal static class SessionFormat
{
    public static void Write(SessionWriter writer, Session session)
    {
        writer.Byte((byte)session.Kind);
        writer.Text(session.AccessKeyId);
        writer.Raw(session.SecretBytes);
        writer.Text(session.AccountId);
        writer.Text(session.PrincipalName);
        writer.Text(session.PrincipalId);
        writer.Text(session.Name);
        writer.Text(session.ParentKeyId);
        writer.Number(session.Issued.ToUnixTimeSeconds());
        writer.Number(session.Expires.ToUnixTimeSeconds());
        writer.Text(session.Provider);
        writer.Text(session.SourceIdentity);
        WriteLimits(writer, session);
    }

    /// <summary>What the caller chose freely, and AWS bounds together: policies and tags.</summary>
    public static void WriteLimits(SessionWriter writer, Session session)
    {
        writer.Byte(session.Policy is null ? (byte)0 : (byte)1);
        if (session.Policy is { } own)
        {
            writer.Text(own);
        }

        writer.Count(session.Policies.Count);
        foreach (var policy in session.Policies)
        {
            writer.Text(policy.Arn);
            writer.Text(policy.Id);
        }

        writer.Count(session.Tags.Count);
        foreach (var tag in session.Tags)
        {
            writer.Text(tag.Key);
            writer.Text(tag.Value);
            writer.Byte(tag.IsTransitive ? (byte)1 : (byte)0);
        }
    }

    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Session Read(ReadOnlySpan<byte> packed)
    {
        var reader = new SessionReader(packed);
        var session = new Session
        {
            Kind = KindOf(reader.Byte()),
            AccessKeyId = reader.Text(),
            SecretBytes = reader.Take(AccessKeyRules.SecretBytes).ToArray(),
            AccountId = reader.Text(),
            PrincipalName = reader.Text(),
            PrincipalId = reader.Text(),
            Name = reader.Text(),
            ParentKeyId = reader.Text(),
            Issued = DateTimeOffset.FromUnixTimeSeconds(reader.Number()),
            Expires = DateTimeOffset.FromUnixTimeSeconds(reader.Number()),
            Provider = reader.Text(),
            SourceIdentity = reader.Text(),
            Policy = reader.Byte() == 0 ? null : reader.Text(),
            Policies = ReadPolicies(ref reader),
            Tags = ReadTags(ref reader),
        };
        return reader.IsAtEnd ? session : throw new InvalidDataException("A session has too much.");
    }

    private static SessionKind KindOf(byte value) => value is >= (byte)SessionKind.Role and <= (byte)SessionKind.Root
        ? (SessionKind)value
        : throw new InvalidDataException("A session of an unknown kind.");

    private static SessionPolicy[] ReadPolicies(ref SessionReader reader)
    {
        var policies = new SessionPolicy[reader.Count()];
        for (var index = 0; index < policies.Length; index++)
        {
            policies[index] = new SessionPolicy(reader.Text(), reader.Text());
        }

        return policies;
    }

    private static SessionTag[] ReadTags(ref SessionReader reader)
    {
        var tags = new SessionTag[reader.Count()];
        for (var index = 0; index < tags.Length; index++)
        {
            tags[index] = new SessionTag(reader.Text(), reader.Text(), reader.Byte() != 0);
        }

        return tags;
    }
}
