using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SocialHub.Tests.Architecture;

/// <summary>What compiled types use: in what they declare, and in the bodies of their methods.</summary>
internal static class CompiledCode
{
    /// <summary>Every type that <paramref name="type"/> names, those inside of generic types, arrays and references too; some more than once.</summary>
    public static IEnumerable<TypeReference> TypesOf(TypeDefinition type) =>
        Named(type).Concat(type.Fields.SelectMany(Named)).Concat(type.Methods.SelectMany(Named)).Concat(type.Properties.SelectMany(property => property.CustomAttributes).SelectMany(Named)).SelectMany(Plain);

    /// <summary>Every method that is called, or taken as a delegate, in the bodies of <paramref name="type"/>.</summary>
    public static IEnumerable<MethodReference> CallsOf(TypeDefinition type) => Instructions(type.Methods).Select(instruction => instruction.Operand).OfType<MethodReference>();

    private static IEnumerable<Instruction> Instructions(IEnumerable<MethodDefinition> methods) => methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions);

    private static IEnumerable<TypeReference?> Named(TypeDefinition type) =>
        [type.BaseType, .. type.Interfaces.Select(one => one.InterfaceType), .. Constraints(type), .. type.CustomAttributes.SelectMany(Named)];

    private static IEnumerable<TypeReference?> Named(FieldDefinition field) => [field.FieldType, .. field.CustomAttributes.SelectMany(Named)];

    private static IEnumerable<TypeReference?> Named(MethodDefinition method)
    {
        IEnumerable<TypeReference?> declared = [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType), .. Constraints(method), .. method.CustomAttributes.SelectMany(Named)];
        return method.HasBody
            ? [.. declared, .. method.Body.Variables.Select(variable => variable.VariableType), .. method.Body.ExceptionHandlers.Select(handler => handler.CatchType), .. Instructions([method]).SelectMany(instruction => Named(instruction.Operand))]
            : declared;
    }

    private static IEnumerable<TypeReference?> Named(object? operand) => operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Named(CustomAttribute attribute) =>
        [attribute.AttributeType, .. attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference)];

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider generic) =>
        generic.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Plain(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Plain(generic.ElementType), .. generic.GenericArguments.SelectMany(Plain)],
        TypeSpecification made => Plain(made.ElementType),
        _ => [type],
    };
}
