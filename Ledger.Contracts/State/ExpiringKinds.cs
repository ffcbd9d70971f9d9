using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// Which kinds of instance are given an end time when they open, and are closed by the queue. Rule T-3 of the protocol.
/// </summary>
internal static class ExpiringKinds
{
    /// <summary>
    /// The end time of a value that is queued; null for one that is closed, has no end or is not queued.
    /// </summary>
    public static long? EndOf(StateKind kind, ReadOnlyMemory<byte> value) => kind switch
    {
        StateKind.Grant => EndOf(value, GrantInstance.Parser, static grant => grant.Interval),
        StateKind.Request => EndOf(value, RequestInstance.Parser, static request => request.Interval),
        StateKind.Guardianship => EndOf(value, Guardianship.Parser, static guardianship => guardianship.Interval),
        StateKind.Recovery => EndOf(value, Recovery.Parser, static recovery => recovery.Interval),
        StateKind.CustodyAgreement => EndOf(value, CustodyAgreement.Parser, static agreement => agreement.Interval),
        _ => null,
    };

    // A value that is none of this ledger is told by the root, so that here it has no end.
    private static long? EndOf<T>(
        ReadOnlyMemory<byte> value, MessageParser<T> parser, Func<T, Interval?> intervalOf)
        where T : class, IMessage<T>, new() =>
        CanonicalMessage.TryParse(parser, value.Span, out T? instance)
        && intervalOf(instance) is { ToHeight: 0, EndUnixMs: not 0 } interval
            ? interval.EndUnixMs
            : null;
}
