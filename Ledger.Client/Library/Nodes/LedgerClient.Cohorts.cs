using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <content>Counts over an institution's learners.</content>
public sealed partial class LedgerClient
{
    /// <summary>
    /// Asks the box for a count, which may go through all of its records. It is asked once, as for a read.
    /// </summary>
    public async Task<CohortAnswer> CountCohortAsync(CohortRequest request, CancellationToken cancellation)
    {
        try
        {
            return await box.CountAsync(
                request, new CallOptions(deadline: DeadlineAfter(DecisionTime), cancellationToken: cancellation))
                    .ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }
}
