using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>One action of the IAM API, named as AWS names it. Instances are shared by all requests.</summary>
internal interface IIamAction
{
    string Name { get; }

    /// <summary>The ARN that <c>iam:Name</c> has to be allowed on.</summary>
    ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken);

    /// <summary>Does it; what comes back is the content of the result, none for an action without one.</summary>
    /// <exception cref="IamException">It could not be done.</exception>
    ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken);
}
