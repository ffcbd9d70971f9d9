using Grpc.Core;

namespace Ledger.Client.Nodes;

/// <summary>What a gRPC status means for the user.</summary>
internal static class FailureMapping
{
    public static LedgerClientException ToException(RpcException failure, Uri node, bool sawOtherKey)
    {
        if (sawOtherKey)
        {
            return new LedgerClientException(
                ClientFailure.NotVerified,
                $"{node} shows another TLS key than the profile names, so nothing was sent. "
                + "If the institution has changed its key, take the new pin from it and run: ledger profile add",
                failure);
        }

        string detail = failure.Status.Detail;
        return failure.StatusCode switch
        {
            StatusCode.InvalidArgument =>
                Make(ClientFailure.WrongUse, $"The node does not understand the request: {detail}"),
            StatusCode.NotFound => Make(ClientFailure.Refused, $"The ledger does not hold this: {detail}"),
            StatusCode.Unauthenticated => Make(
                ClientFailure.Refused, $"The node does not accept the caller: {detail}. Check the key of the profile."),
            StatusCode.PermissionDenied => Make(ClientFailure.Refused, $"Not allowed: {detail}"),
            StatusCode.FailedPrecondition => Make(ClientFailure.Refused, $"Refused: {detail}"),
            StatusCode.AlreadyExists => Make(ClientFailure.Refused, $"Refused: {detail}"),
            StatusCode.ResourceExhausted => Make(
                ClientFailure.Undecided, $"The node takes no more at the moment: {detail}. Try again later."),
            StatusCode.Unavailable when failure.Status.DebugException is not null => Make(
                ClientFailure.Unreachable,
                    $"{node} cannot be reached. Is the node running, and is the profile's address right?"),
            StatusCode.Unavailable =>
                Make(ClientFailure.Undecided, $"The node cannot answer now: {detail}. Try again later."),
            StatusCode.DeadlineExceeded => Make(
                ClientFailure.Undecided, $"{node} did not answer in time. Ask again later for what became of it."),
            StatusCode.Cancelled => Make(ClientFailure.Undecided, "The call was interrupted."),
            StatusCode.Unimplemented => Make(ClientFailure.WrongUse, $"{node} does not offer this call."),
            StatusCode.OK or StatusCode.Unknown or StatusCode.Aborted or StatusCode.OutOfRange or StatusCode.Internal
                or StatusCode.DataLoss => Make(ClientFailure.Unreachable, $"The node failed: {detail}"),
            _ => Make(ClientFailure.Unreachable, $"The node failed: {detail}"),
        };

        LedgerClientException Make(ClientFailure kind, string message) => new(kind, message, failure);
    }
}
