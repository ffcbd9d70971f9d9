using Grpc.Core;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;

namespace Ledger.Node.Box;

/// <summary>The secure box over gRPC: a refusal is a status whose detail begins with its code.</summary>
public sealed class SecureBoxService(SecureBoxReads reads) : SecureBox.SecureBoxBase
{
    /// <inheritdoc/>
    public override async Task<BoxAnswer> Read(BoxRequest request, ServerCallContext context)
    {
        BoxReply reply = await reads.AnswerAsync(request, context.CancellationToken);
        return reply.Answer ?? throw new RpcException(
            new Status(StatusOf(reply.Refusal!.Kind), DetailOf(reply.Refusal)));
    }

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
