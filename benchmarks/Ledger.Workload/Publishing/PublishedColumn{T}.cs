namespace Ledger.Workload;

/// <summary>A column of a published table.</summary>
/// <typeparam name="T">What a line is about.</typeparam>
/// <param name="Name">Its head.</param>
/// <param name="Meaning">What it holds, with unit and range.</param>
/// <param name="Value">Its value; null where there is none.</param>
internal sealed record PublishedColumn<T>(string Name, string Meaning, Func<T, object?> Value);
