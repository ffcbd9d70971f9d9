using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <summary>Handing in many transactions while their outcomes come back.</summary>
public sealed partial class LedgerClient
{
    /// <summary>
    /// Opens a stream: each transaction that is handed in is answered once, when it is decided, refused or expired.
    /// </summary>
    public SubmissionStream OpenSubmissionStream(CancellationToken cancellation) => new(
        node.SubmitStream(new CallOptions(cancellationToken: cancellation)),
        failure => FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey));
}
