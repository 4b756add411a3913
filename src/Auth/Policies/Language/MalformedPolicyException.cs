namespace S3Cassandra.Auth.Policies.Language;

/// <summary>Leaves the parser where a policy is wrong; <see cref="PolicyParser"/> turns it into a value.</summary>
internal sealed class MalformedPolicyException(PolicyFault fault, string detail = "") : Exception
{
    public PolicyFault Fault => fault;

    public string Detail => detail;
}
