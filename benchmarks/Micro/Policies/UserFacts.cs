using System.Net;
using S3Cassandra.Auth.Policies.Conditions;

namespace S3Cassandra.Micro.Policies;

/// <summary>The condition keys of a request of the user ann.</summary>
internal sealed class UserFacts : IConditionFacts
{
    private readonly IPAddress _address = IPAddress.Parse("10.1.2.3");

    public ConditionValues Find(ConditionKey key) => key.Id switch
    {
        ConditionKeyId.UserName => ConditionValues.Of("ann"),
        ConditionKeyId.SourceIp => ConditionValues.Of(_address),
        ConditionKeyId.UserAgent => ConditionValues.Of("aws-sdk-js/3.700.0"),
        ConditionKeyId.SecureTransport => ConditionValues.Of(true),
        _ => default,
    };
}
