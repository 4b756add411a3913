using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Operations;

/// <summary>
/// One S3 operation: parsing, what it needs to be allowed, and doing it. The pipeline calls the three in this order, after
/// authentication; an operation never authenticates, authorizes, logs or writes errors itself. It ends with an
/// <see cref="Errors.S3Exception"/> where S3 has an error. Instances are shared by all requests and hold no state of one.
/// </summary>
/// <typeparam name="TInput">What the request asks for, parsed and validated: headers, query, XML body, copy source.</typeparam>
internal interface IS3Operation<TInput>
    where TInput : notnull
{
    /// <summary>Parses and validates; reads the body only where it is a document.</summary>
    ValueTask<TInput> ParseAsync(S3Context context, CancellationToken cancellationToken);

    /// <summary>Names every permission that the input needs. Pure.</summary>
    void Require(TInput input, S3Context context, RequiredPermissions permissions);

    ValueTask ExecuteAsync(TInput input, S3Context context, CancellationToken cancellationToken);
}
