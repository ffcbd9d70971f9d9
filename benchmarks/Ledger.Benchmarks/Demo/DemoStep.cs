namespace Ledger.Benchmarks.Demo;

/// <summary>One step of the demonstration.</summary>
/// <param name="Key">Its name in the JSON file.</param>
/// <param name="Sentence">What happened, in plain words.</param>
/// <param name="Command">The command behind it.</param>
/// <param name="Held">Whether it came out as it must.</param>
/// <param name="Finding">What was seen, where it did not.</param>
public sealed record DemoStep(string Key, string Sentence, string Command, bool Held, string Finding);
