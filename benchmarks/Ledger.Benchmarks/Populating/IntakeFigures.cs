namespace Ledger.Benchmarks.Populating;

/// <summary>What the record stores took in over HTTP, apart from the ledger.</summary>
/// <param name="Records">Acknowledged records: each is on disk with salt, commitment and locator.</param>
/// <param name="Requests">Requests that bore them.</param>
/// <param name="RecordsOfRequest">Records of a request, at most.</param>
/// <param name="Stores">Stores, each with one client that sends one request after the other.</param>
/// <param name="ElapsedS">From the first request to the last acknowledgement.</param>
/// <param name="RecordsPerS">Records a second.</param>
/// <param name="RssMb">Resident memory of the largest validator afterwards.</param>
public sealed record IntakeFigures(
    int Records, int Requests, int RecordsOfRequest, int Stores, double ElapsedS, double RecordsPerS, double RssMb);
