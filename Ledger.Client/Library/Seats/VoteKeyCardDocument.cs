namespace Ledger.Client.Seats;

/// <summary>The JSON of a vote key's card; all members are hexadecimal.</summary>
internal sealed record VoteKeyCardDocument(string ChainId, string Institution, string VoteKey, string Proof);
