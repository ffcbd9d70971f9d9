namespace Ledger.Parts;

/// <summary>Names this program to those that start it.</summary>
public static class PartsProgram
{
    /// <summary>The assembly to give to <c>dotnet</c>.</summary>
    public static string AssemblyFile { get; } = typeof(PartsProgram).Assembly.Location;
}
