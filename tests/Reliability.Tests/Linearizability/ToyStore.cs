using S3Cassandra.Reliability.Tests.Histories;

namespace S3Cassandra.Reliability.Tests.Linearizability;

/// <summary>
/// One key, several clients, a clock of steps and a seed: a store whose every interleaving repeats, right by itself, wrong with a bug.
/// </summary>
internal sealed class ToyStore(ToyBug bug, int seed)
{
    private const int Clients = 4;
    private const int Operations = 120;

    private readonly Random _random = new(seed);
    private readonly List<Operation> _history = [];
    private readonly List<(long Due, Action Effect)> _late = [];
    private readonly Operation?[] _pending = new Operation?[Clients];
    private readonly bool?[] _held = new bool?[Clients];
    private readonly bool[] _effected = new bool[Clients];
    private string? _state;
    private string? _before;
    private long _clock;
    private int _begun;

    public IReadOnlyList<Operation> Run()
    {
        while (_begun < Operations || _pending.Any(operation => operation is not null))
        {
            _clock++;
            foreach (var (_, effect) in _late.Where(entry => entry.Due <= _clock).ToList())
            {
                effect();
            }

            _late.RemoveAll(entry => entry.Due <= _clock);
            Step(_random.Next(Clients));
        }

        return _history;
    }

    private void Step(int client)
    {
        if (_pending[client] is not { } operation)
        {
            if (_begun < Operations)
            {
                _pending[client] = Begin(client);
                (_held[client], _effected[client]) = (null, false);
            }
        }
        else if (!_effected[client])
        {
            Effect(client, operation);
        }
        else
        {
            _history.Add(operation with { End = operation.Outcome == OperationOutcome.Unknown ? long.MaxValue : _clock });
            _pending[client] = null;
        }
    }

    private Operation Begin(int client)
    {
        var kind = (OperationKind)_random.Next((int)OperationKind.Head + 1);
        var writes = kind is not (OperationKind.Get or OperationKind.Head or OperationKind.Delete or OperationKind.DeleteIfMatch);
        var expected = kind is OperationKind.PutIfMatch or OperationKind.DeleteIfMatch ? _state ?? "absent" : null;
        return new(client, kind, "k", writes ? $"v{_begun++}" : Count(), expected, null, _clock, 0, OperationOutcome.Ok);
    }

    private string? Count()
    {
        _begun++;
        return null;
    }

    private void Effect(int client, Operation operation)
    {
        var unguarded = (bug == ToyBug.UnguardedIfMatch && operation.Kind is OperationKind.PutIfMatch or OperationKind.DeleteIfMatch)
            || (bug == ToyBug.UnguardedIfNoneMatch && operation.Kind == OperationKind.PutIfNoneMatch);
        if (unguarded && _held[client] is null)
        {
            _held[client] = Holds(operation);
            return;
        }

        _effected[client] = true;
        _pending[client] = operation.IsRead ? Read(operation) : Write(operation, _held[client] ?? Holds(operation));
    }

    private Operation Read(Operation operation)
    {
        var stale = (bug == ToyBug.StaleRead || (bug == ToyBug.StaleHead && operation.Kind == OperationKind.Head)) && Sometimes();
        return operation with { Observed = stale ? _before : _state };
    }

    private Operation Write(Operation operation, bool holds)
    {
        if (!holds)
        {
            if (bug == ToyBug.RefusedYetApplied && Sometimes())
            {
                Set(operation.Value);
            }

            return operation with { Outcome = OperationOutcome.Refused };
        }

        if (_random.Next(12) == 0)
        {
            return Unknown(operation);
        }

        switch (bug)
        {
            case ToyBug.LostWrite when Sometimes():
                return operation;
            case ToyBug.EarlyAcknowledgement when Sometimes():
                Later(() => Set(operation.Value));
                return operation;
            case ToyBug.CompletedAgain when operation.Kind == OperationKind.Complete:
            case ToyBug.Resurrection when operation.Kind == OperationKind.Put && Sometimes():
                Later(() => _state ??= operation.Value);
                break;
        }

        Set(operation.Value);
        return operation;
    }

    /// <summary>The client hears nothing; the write happens now, later if it is a plain one, or never.</summary>
    private Operation Unknown(Operation operation)
    {
        if (Sometimes() || bug == ToyBug.AppliedTwice)
        {
            Set(operation.Value);
        }

        if (bug == ToyBug.AppliedTwice)
        {
            Later(() => Set(operation.Value));
        }

        return operation with { Outcome = OperationOutcome.Unknown };
    }

    private void Set(string? value) => (_before, _state) = (_state, value);

    private void Later(Action effect) => _late.Add((_clock + _random.Next(5, 25), effect));

    private bool Sometimes() => _random.Next(3) == 0;

    private bool Holds(Operation operation) => operation.Kind switch
    {
        OperationKind.PutIfNoneMatch => _state is null,
        OperationKind.PutIfMatch or OperationKind.DeleteIfMatch => _state is not null && _state == operation.Expected,
        _ => true,
    };
}
