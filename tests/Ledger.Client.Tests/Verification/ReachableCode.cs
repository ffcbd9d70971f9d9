using System.Reflection;
using System.Reflection.Emit;

namespace Ledger.Client.Tests.Verification;

/// <summary>
/// What a method can reach: every method of this project's assemblies that it calls, through interfaces and lambdas
/// too, and every type that those name.
/// </summary>
internal sealed class ReachableCode
{
    private static readonly OpCode[] Codes = [.. typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)];

    private readonly Dictionary<short, OpCode> known = Codes.ToDictionary(static code => code.Value);
    private readonly HashSet<MethodBase> methods = [];
    private readonly Queue<MethodBase> waiting = new();
    private readonly Type[] types;

    private ReachableCode(Assembly[] assemblies)
    {
        types = [.. assemblies.SelectMany(static assembly => assembly.GetTypes())];
        Assemblies = assemblies;
    }

    /// <summary>The assemblies whose methods are followed.</summary>
    public Assembly[] Assemblies { get; }

    /// <summary>Methods that are reached.</summary>
    public IReadOnlyCollection<MethodBase> Methods => methods;

    /// <summary>Types that the reached methods name, with the method that names them.</summary>
    public Dictionary<Type, MethodBase> Named { get; } = [];

    public static ReachableCode From(MethodBase start, params Assembly[] assemblies)
    {
        ReachableCode code = new(assemblies);
        code.Add(start);
        while (code.waiting.TryDequeue(out MethodBase? method))
        {
            code.Read(method);
        }

        return code;
    }

    private void Add(MethodBase method)
    {
        MethodBase definition = method is MethodInfo { IsGenericMethod: true } generic
            ? generic.GetGenericMethodDefinition()
            : method;
        if (definition.DeclaringType is not { } type || !Assemblies.Contains(type.Assembly) || !methods.Add(definition))
        {
            return;
        }

        waiting.Enqueue(definition);
        if (type.TypeInitializer is { } initializer)
        {
            Add(initializer);
        }

        if (definition.IsVirtual)
        {
            AddOverrides(definition, type);
        }
    }

    // Whoever implements or overrides it may be what is called.
    private void AddOverrides(MethodBase method, Type type)
    {
        foreach (Type other in types.Where(other => other != type && type.IsAssignableFrom(other)))
        {
            foreach (MethodInfo candidate in other.GetMethods(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (candidate.Name == method.Name
                    || candidate.Name.EndsWith("." + method.Name, StringComparison.Ordinal))
                {
                    Add(candidate);
                }
            }
        }
    }

    private void Read(MethodBase method)
    {
        byte[]? code = method.GetMethodBody()?.GetILAsByteArray();
        for (int at = 0; code is not null && at < code.Length;)
        {
            short value = code[at] == 0xfe ? BitConverter.ToInt16([code[at + 1], code[at]]) : code[at];
            OpCode opcode = known[value];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                Name(method, BitConverter.ToInt32(code, at));
            }

            at += opcode.OperandType == OperandType.InlineSwitch
                ? sizeof(int) + (BitConverter.ToInt32(code, at) * sizeof(int))
                : SizeOf(opcode.OperandType);
        }
    }

    private void Name(MethodBase method, int token)
    {
        Type[] ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        MemberInfo? member = method.Module.ResolveMember(token, ofType, ofMethod);
        if (member is MethodBase called)
        {
            Add(called);
        }

        if ((member as Type ?? member?.DeclaringType) is { } type)
        {
            Named.TryAdd(type, method);
        }
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
