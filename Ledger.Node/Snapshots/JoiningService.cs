using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Node.Api;

namespace Ledger.Node.Snapshots;

/// <summary>The API of a node that fetches a snapshot: it says so, and answers nothing else.</summary>
public sealed class JoiningService(NodeIdentity node, JoinProgress progress) : LedgerNode.LedgerNodeBase
{
    /// <inheritdoc/>
    public override Task<NodeStatus> GetStatus(StatusRequest request, ServerCallContext context) =>
        Task.FromResult(new NodeStatus
        {
            ChainId = ByteString.CopyFrom(node.ChainId.ToArray()),
            ChainName = node.ChainName,
            Institution = ByteString.CopyFrom(node.Address.ToArray()),
            InstitutionName = node.Name,
            Version = node.Version,
            LrsUri = node.LrsUri,
            ApiUri = node.ApiUri,
            ResidentBytes = (ulong)Environment.WorkingSet,
            Joining = progress.Text,
        });
}
