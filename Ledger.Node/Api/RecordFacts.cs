using Ledger.Node.Anchoring;

namespace Ledger.Node.Api;

/// <summary>What the store's port tells of records beyond what xAPI knows.</summary>
/// <param name="Standings">How far they are on their way to the ledger.</param>
/// <param name="Receipts">The institution's signed word that it took them in.</param>
public sealed record RecordFacts(RecordStandings Standings, IntakeReceipts Receipts);
