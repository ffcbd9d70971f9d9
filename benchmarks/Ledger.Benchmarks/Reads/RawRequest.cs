namespace Ledger.Benchmarks.Reads;

/// <summary>A call, ready to be sent.</summary>
/// <param name="Path">Where to.</param>
/// <param name="Headers">Headers beside those of every call.</param>
/// <param name="Body">The body with its gRPC frame.</param>
public sealed record RawRequest(string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body);
