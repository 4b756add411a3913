using System.Collections.Concurrent;
using System.Text;
using S3Cassandra.Auth.Policies.Language;

namespace S3Cassandra.S3Server.Identities;

/// <summary>Policies compiled, by their text: what is attached to many, or read again every second or two, is compiled once.</summary>
internal sealed class CompiledPolicies
{
    private const int Capacity = 4_096;

    private readonly ConcurrentDictionary<string, Policy> _compiled = new(StringComparer.Ordinal);

    /// <summary>Denies everything: what stands for a policy that was stored and cannot be read, or that is bound and is not there.</summary>
    public static Policy DenyAll { get; } = PolicyParser.Parse(
        """{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}"""u8, PolicyKind.Identity).Policy!;

    public Policy Of(string document)
    {
        if (_compiled.TryGetValue(document, out var known))
        {
            return known;
        }

        var policy = PolicyParser.Parse(Encoding.UTF8.GetBytes(document), PolicyKind.Identity).Policy ?? DenyAll;
        if (_compiled.Count >= Capacity)
        {
            _compiled.Clear();
        }

        _compiled[document] = policy;
        return policy;
    }
}
