using Grpc.Core;
using Ledger.Node.Peers;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>
/// The server of snapshots behind the peer port: bounded in what it does at one time and for one caller.
/// </summary>
public sealed class SnapshotPort(SnapshotServer server, TimeProvider time) : ISnapshotPort
{
    private readonly Lock gate = new();
    private readonly Dictionary<Address, RateLimit> callers = [];
    private readonly RateLimit headers = new(ServingLimits.HeadersBurst, ServingLimits.HeadersPerSecond, time);
    private int atWork;

    /// <inheritdoc/>
    public HeaderReply Headers(HeaderRequest request) => headers.TryTake() ? server.Headers(request) : throw Busy();

    /// <inheritdoc/>
    public SnapshotList Offers(Address from, SnapshotListRequest request) =>
        Limited(from, () => server.Offers(request));

    /// <inheritdoc/>
    public SnapshotPiece Piece(Address from, SnapshotPieceRequest request) =>
        Limited(from, () => server.Piece(request))
        ?? throw new RpcException(new Status(StatusCode.NotFound, "this node does not hold that of a snapshot"));

    private T Limited<T>(Address from, Func<T> answer)
    {
        if (!LimitOf(from).TryTake())
        {
            throw Busy();
        }

        try
        {
            return Interlocked.Increment(ref atWork) <= ServingLimits.PiecesAtOnceMax ? answer() : throw Busy();
        }
        finally
        {
            Interlocked.Decrement(ref atWork);
        }
    }

    // Callers are admitted institutions: there are as many as the registrar admits.
    private RateLimit LimitOf(Address caller)
    {
        lock (gate)
        {
            if (!callers.TryGetValue(caller, out RateLimit? limit))
            {
                limit = new RateLimit(ServingLimits.PiecesBurst, ServingLimits.PiecesPerSecond, time);
                callers[caller] = limit;
            }

            return limit;
        }
    }

    private static RpcException Busy() => new(new Status(StatusCode.ResourceExhausted, "busy: ask again in a moment"));
}
