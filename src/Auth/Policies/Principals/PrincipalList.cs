using S3Cassandra.Auth.Credentials;

namespace S3Cassandra.Auth.Policies.Principals;

/// <summary>A statement's Principal or NotPrincipal.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"/>
public sealed class PrincipalList(IReadOnlyList<PrincipalEntry> entries, bool isNot)
{
    /// <summary>Those named.</summary>
    public IReadOnlyList<PrincipalEntry> Entries => entries;

    /// <summary>Whether it is NotPrincipal: everyone but those named.</summary>
    public bool IsNot => isNot;

    /// <summary>
    /// How <paramref name="identity"/> is meant. NotPrincipal excepts those named themselves: an account named there excepts its root
    /// alone, as AWS's page on NotPrincipal has it.
    /// </summary>
    internal PrincipalMatch Match(Identity identity)
    {
        var best = PrincipalMatch.None;
        for (var index = 0; index < entries.Count && best != PrincipalMatch.Direct; index++)
        {
            var match = entries[index].Match(identity);
            best = match > best ? match : best;
        }

        return !isNot ? best : best == PrincipalMatch.Direct ? PrincipalMatch.None : PrincipalMatch.Direct;
    }
}
