using Grpc.Core;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Node.Cohorts;

namespace Ledger.Node.Box;

/// <summary>The secure box over gRPC: a refusal is a status whose detail begins with its code.</summary>
public sealed class SecureBoxService(SecureBoxReads reads, CohortCounts cohorts) : SecureBox.SecureBoxBase
{
    /// <inheritdoc/>
    public override async Task<BoxAnswer> Read(BoxRequest request, ServerCallContext context)
    {
        BoxReply reply = await reads.AnswerAsync(request, context.CancellationToken);
        return reply.Answer ?? throw Failure(reply.Refusal!);
    }

    /// <inheritdoc/>
    public override async Task<CohortAnswer> Count(CohortRequest request, ServerCallContext context)
    {
        (CohortAnswer? answer, BoxRefusal? refusal) =
            await cohorts.AnswerAsync(request, context.CancellationToken);
        return answer ?? throw Failure(refusal!);
    }

    private static RpcException Failure(BoxRefusal refusal) =>
        new(new Status(StatusOf(refusal.Kind), DetailOf(refusal)));

    // As everywhere in this API, the detail of a malformed request begins with the field.
    private static string DetailOf(BoxRefusal refusal) =>
        refusal.Kind == BoxRefusalKind.Malformed ? $"{refusal.Path}: {refusal.Sentence}" : refusal.ToString();

    private static StatusCode StatusOf(BoxRefusalKind kind) => kind switch
    {
        BoxRefusalKind.Malformed => StatusCode.InvalidArgument,
        BoxRefusalKind.Denied => StatusCode.PermissionDenied,
        BoxRefusalKind.Unavailable => StatusCode.Unavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
