namespace Ledger.Client.Corrections;

/// <summary>A record of a range as far as it is somebody's first or later word.</summary>
/// <param name="Index">Its place in the range: who stands after another one is the later word.</param>
/// <param name="Id">Its id.</param>
/// <param name="Corrects">The id of the record that it corrects; null for none.</param>
public sealed record RecordWord(ulong Index, string Id, string? Corrects);
