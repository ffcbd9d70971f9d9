using Ledger.Client.Protos;

namespace Ledger.Node.Notices;

/// <summary>A request that waits, with the name of who asks.</summary>
/// <param name="View">The request as the ledger has it.</param>
/// <param name="Requester">The requester's name; empty where the ledger knows none.</param>
/// <param name="Domain">The requester's domain; empty where the ledger knows none.</param>
public sealed record NoticedRequest(RequestView View, string Requester, string Domain);
