using System.Net;
using System.Text;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Connections;

/// <summary>
/// STARTUP and, where the node asks for it, SASL PLAIN (native_protocol_v5.spec, sections 2.3.1, 4.1.1, 4.1.2). Everything after READY or
/// AUTHENTICATE goes in segments when the version is 5; what comes before never does.
/// </summary>
internal sealed class Handshake(Stream stream, FrameReader reader, IPEndPoint address, ConnectionOptions options)
{
    private const string CqlVersion = "3.0.0";

    private IFraming _framing = new PlainFraming(stream);

    /// <summary>Brings the connection to the point where it takes requests, and returns how frames are written from then on.</summary>
    public async ValueTask<IFraming> RunAsync(CancellationToken token)
    {
        var startup = new StartupRequest([
            new("CQL_VERSION", CqlVersion),
            new("DRIVER_NAME", options.DriverName),
            new("DRIVER_VERSION", typeof(Handshake).Assembly.GetName().Version?.ToString(3) ?? "1.0.0"),
        ]);
        var (opcode, body) = await AskAsync(startup, token);
        var authenticator = Decode(opcode, body);
        if (options.Version >= ProtocolVersion.V5)
        {
            reader.Switch(new SegmentStream(stream));
            _framing = new SegmentFraming(stream);
        }
        if (authenticator is not null)
        {
            await AuthenticateAsync(authenticator, token);
        }
        return _framing;
    }

    private async ValueTask AuthenticateAsync(string authenticator, CancellationToken token)
    {
        if (options.Credentials is not { } credentials)
        {
            throw new CqlAuthenticationException($"{address} asks for a user and a password ({Short(authenticator)}); none are configured.") { Node = address };
        }
        var plain = Encoding.UTF8.GetBytes($"\0{credentials.UserName}\0{credentials.Password}");
        var (opcode, body) = await AskAsync(new AuthResponseRequest(plain), token);
        try
        {
            if (opcode == Opcode.AuthChallenge)
            {
                throw new CqlAuthenticationException($"{address} asks for more than a user and a password ({Short(authenticator)}): only SASL PLAIN is spoken here.") { Node = address };
            }
            if (opcode != Opcode.AuthSuccess)
            {
                throw Refusal(opcode, body.Span);
            }
        }
        finally
        {
            body.Release();
        }
    }

    private async ValueTask<(Opcode Opcode, PooledBuffer Body)> AskAsync<TRequest>(TRequest message, CancellationToken token)
        where TRequest : struct, IMessage
    {
        var request = PendingRequest.Rent();
        request.Encode(message, options.Version, FrameFlags.None);
        await _framing.WriteAsync(request.Frame, token);
        await _framing.FlushAsync(token);
        request.Return();
        var answer = await reader.ReadAsync(token)
            ?? throw new EndOfStreamException("The connection was closed.");
        return (answer.Header.Opcode, answer.Body);
    }

    /// <summary>The authenticator's class when the node asks for a password, null when it is ready.</summary>
    private string? Decode(Opcode opcode, PooledBuffer body)
    {
        try
        {
            switch (opcode)
            {
                case Opcode.Ready:
                    return null;
                case Opcode.Authenticate:
                    var source = new PrimitiveReader(body.Span);
                    return AuthenticateResponse.Read(ref source, options.Version).Authenticator;
                default:
                    throw Refusal(opcode, body.Span);
            }
        }
        finally
        {
            body.Release();
        }
    }

    private CqlException Refusal(Opcode opcode, ReadOnlySpan<byte> body)
    {
        if (opcode != Opcode.Error)
        {
            return new CqlProtocolException($"{address} answered the handshake with {opcode}.") { Node = address };
        }
        var source = new PrimitiveReader(body);
        var error = ErrorResponse.Read(ref source, options.Version).ToException(address);
        return error.Code == CqlErrorCode.BadCredentials
            ? new CqlAuthenticationException($"{address} refused user '{options.Credentials?.UserName}': {error.Message} Check the user's name and password.", error) { Node = address }
            : error;
    }

    private static string Short(string className) => className[(className.LastIndexOf('.') + 1)..];
}
