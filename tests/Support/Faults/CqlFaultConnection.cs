using System.Collections.Concurrent;
using System.Net.Sockets;

namespace S3Cassandra.Support.Faults;

/// <summary>One connection of a client through the proxy, and its own connection to the node.</summary>
internal sealed class CqlFaultConnection(CqlFaultProxy proxy, Socket client) : IDisposable
{
    private const byte Version = 4;
    private const short EventStream = -1;
    private const int PreparedKind = 4;
    private static readonly CqlFault None = new();

    private readonly Socket _node = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SemaphoreSlim _toClient = new(1, 1);
    private readonly SemaphoreSlim _toNode = new(1, 1);
    private readonly ConcurrentDictionary<short, PassedRequest> _pending = new();
    private readonly ConcurrentDictionary<Task, bool> _held = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Requests that the node still has to answer, those that are held among them; one more while the client is there.</summary>
    private int _owed = 1;
    private volatile bool _mute;
    private volatile bool _isNodeGone;

    /// <summary>Whether the client's side is open.</summary>
    public bool IsOpen => !_ended.Task.IsCompleted;

    /// <summary>Ends the client's side with a reset.</summary>
    public void Cut()
    {
        _mute = true;
        _ended.TrySetResult();
        try
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        client.Dispose();
    }

    public async Task RunAsync(CancellationToken token)
    {
        using var registration = token.Register(CloseSockets);
        try
        {
            client.NoDelay = true;
            await _node.ConnectAsync(proxy.Node, token);
            var requests = ReadRequestsAsync(token);
            var answers = ReadAnswersAsync(token);
            await Task.WhenAny(requests, answers);
            if (requests.IsCompleted)
            {
                _ended.TrySetResult();
                Settle();
                await Task.WhenAny(_drained.Task, answers);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The node does not accept, or the proxy ends.
        }

        _ended.TrySetResult();
        CloseSockets();
        await Task.WhenAll(_held.Keys);
    }

    public void Dispose()
    {
        CloseSockets();
        _toClient.Dispose();
        _toNode.Dispose();
    }

    /// <summary>Completes when the node has answered every request that came by now, held ones too, and what is held now has been passed on.</summary>
    public Task WhenDoneAsync() => Task.WhenAll([.. _held.Keys, .. _pending.Values.Select(passed => passed.Ended)]);

    private static bool IsEnd(Exception exception) =>
        exception is SocketException or ObjectDisposedException or OperationCanceledException or EndOfStreamException;

    private async Task ReadRequestsAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                var frame = await ReadAsync(client, token);
                if (frame.Bytes[0] != Version)
                {
                    await SendAsync(client, _toClient, frame.Answer(CqlOpcode.Error, CqlError.UnsupportedVersion(frame.Bytes[0])), token);
                    continue;
                }

                var request = frame with { Cql = CqlOf(frame) };
                await PassAsync(request, proxy.FaultOf(request) ?? None, token);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The client is gone.
        }
    }

    private async Task PassAsync(CqlFrame request, CqlFault fault, CancellationToken token)
    {
        if (fault.StopsReading)
        {
            _mute = true;
            await _ended.Task.WaitAsync(token);
            return;
        }

        if (fault.Cut == CutPoint.BeforeRequest)
        {
            Cut();
        }
        else if (fault.Cut == CutPoint.HalfClose)
        {
            _mute = true;
            client.Shutdown(SocketShutdown.Send);
        }

        if (fault is { Error: { } error, IsForwarded: false })
        {
            await SendAsync(client, _toClient, request.Answer(CqlOpcode.Error, error), token);
        }

        if (!fault.IsForwarded)
        {
            return;
        }

        Interlocked.Increment(ref _owed);
        var passed = new PassedRequest(request, fault);
        _pending[request.StreamId] = passed;
        if (_isNodeGone)
        {
            passed.End();
        }

        if (fault.HoldRequest is { } gate)
        {
            Hold(SendHeldAsync(passed, gate, token));
        }
        else
        {
            await SendAsync(_node, _toNode, request, token);
        }

        if (fault.Cut == CutPoint.AfterRequest)
        {
            Cut();
        }
    }

    private async Task SendHeldAsync(PassedRequest held, Task gate, CancellationToken token)
    {
        try
        {
            await gate.WaitAsync(token);
            await SendAsync(_node, _toNode, held.Request, token);
            await held.Ended.WaitAsync(token);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The node or the proxy is gone before the request.
        }
    }

    private async Task ReadAnswersAsync(CancellationToken token)
    {
        try
        {
            while (true)
            {
                var answer = await ReadAsync(_node, token);
                if (answer.StreamId == EventStream || !_pending.TryRemove(answer.StreamId, out var pending))
                {
                    await SendToClientAsync(answer, token);
                    continue;
                }

                RememberPrepared(pending.Request, answer);
                pending.End();
                if (pending.Fault.HoldAnswer is { } gate)
                {
                    Hold(AnswerHeldAsync(pending.Request, pending.Fault, answer, gate, token));
                }
                else
                {
                    await AnswerAsync(pending.Request, pending.Fault, answer, token);
                }

                Settle();
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The node is gone.
        }

        // What is passed from now on ends by itself.
        _isNodeGone = true;
        foreach (var pending in _pending.Values)
        {
            pending.End();
        }
    }

    private async Task AnswerHeldAsync(CqlFrame request, CqlFault fault, CqlFrame answer, Task gate, CancellationToken token)
    {
        try
        {
            await gate.WaitAsync(token);
            await AnswerAsync(request, fault, answer, token);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The proxy is gone before the answer.
        }
    }

    private async Task AnswerAsync(CqlFrame request, CqlFault fault, CqlFrame answer, CancellationToken token)
    {
        if (fault.Cut == CutPoint.InsteadOfAnswer)
        {
            Cut();
            return;
        }

        if (fault.Cut == CutPoint.AfterRequest)
        {
            // The node may be faster than the cut; its answer goes nowhere all the same.
            return;
        }

        var shown = fault.Error is { } error ? request.Answer(CqlOpcode.Error, error) : answer;
        for (var i = 0; i < fault.Answers; i++)
        {
            await SendToClientAsync(shown, token);
        }
    }

    /// <summary>An answer to a client that is gone is not an error: the node's later ones are still waited for.</summary>
    private async Task SendToClientAsync(CqlFrame answer, CancellationToken token)
    {
        if (_mute)
        {
            return;
        }

        try
        {
            await SendAsync(client, _toClient, answer, token);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException && !token.IsCancellationRequested)
        {
            _mute = true;
        }
    }

    private static async Task SendAsync(Socket socket, SemaphoreSlim turn, CqlFrame frame, CancellationToken token)
    {
        await turn.WaitAsync(token);
        try
        {
            for (var sent = 0; sent < frame.Bytes.Length;)
            {
                sent += await socket.SendAsync(frame.Bytes.AsMemory(sent), SocketFlags.None, token);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private static async Task<CqlFrame> ReadAsync(Socket socket, CancellationToken token)
    {
        var header = new byte[CqlFrame.HeaderSize];
        await FillAsync(socket, header, token);
        var bytes = new byte[CqlFrame.HeaderSize + CqlFrame.BodyLength(header)];
        header.CopyTo(bytes, 0);
        await FillAsync(socket, bytes.AsMemory(CqlFrame.HeaderSize), token);
        return new(bytes);
    }

    private static async Task FillAsync(Socket socket, Memory<byte> bytes, CancellationToken token)
    {
        for (var read = 0; read < bytes.Length;)
        {
            var count = await socket.ReceiveAsync(bytes[read..], SocketFlags.None, token);
            read += count > 0 ? count : throw new EndOfStreamException();
        }
    }

    private void CloseSockets()
    {
        client.Dispose();
        _node.Dispose();
    }

    private void Hold(Task task)
    {
        _held[task] = true;
        _ = task.ContinueWith(done => _held.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Settle()
    {
        if (Interlocked.Decrement(ref _owed) == 0)
        {
            _drained.TrySetResult();
        }
    }

    private string CqlOf(CqlFrame frame) => frame.Opcode switch
    {
        CqlOpcode.Query or CqlOpcode.Prepare => frame.LongString(),
        CqlOpcode.Execute => proxy.Recall(frame.ShortBytes(0)),
        CqlOpcode.Batch => CqlOfBatch(frame),
        _ => "",
    };

    /// <summary>A batch's first statement: <c>type u8 | n u16 | kind u8 | text or id</c>.</summary>
    private string CqlOfBatch(CqlFrame frame)
    {
        const int FirstAt = 1 + sizeof(ushort) + 1;
        return frame.Body[FirstAt - 1] == 0 ? frame.LongString(FirstAt) : proxy.Recall(frame.ShortBytes(FirstAt));
    }

    /// <summary>RESULT of kind Prepared: <c>kind i32 | id short bytes</c>.</summary>
    private void RememberPrepared(CqlFrame request, CqlFrame answer)
    {
        if (request.Opcode != CqlOpcode.Prepare || answer.Opcode != CqlOpcode.Result)
        {
            return;
        }

        var at = answer.MessageAt;
        if (answer.Body[at + sizeof(int) - 1] == PreparedKind)
        {
            proxy.Remember(answer.ShortBytes(at + sizeof(int)), request.Cql);
        }
    }
}
