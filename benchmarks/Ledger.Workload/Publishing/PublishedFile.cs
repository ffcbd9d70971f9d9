namespace Ledger.Workload;

/// <summary>A file of the published data set.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="Lines">Its lines, the head of a table included.</param>
/// <param name="Sha256">The SHA-256 of its bytes, as 64 lower-case hexadecimal digits.</param>
public sealed record PublishedFile(string Name, long Bytes, long Lines, string Sha256);
