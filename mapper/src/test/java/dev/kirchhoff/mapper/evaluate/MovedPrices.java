package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.PriceTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.ToDoubleFunction;

/** Price tables with every price times a factor of its source of error, all else unchanged. */
public final class MovedPrices {
  private MovedPrices() {}

  /** The table with its prices times their factors. */
  public static PriceTable of(PriceTable prices, ToDoubleFunction<ErrorSource> factors) {
    return (PriceTable)
        Proxy.newProxyInstance(
            PriceTable.class.getClassLoader(),
            new Class<?>[] {PriceTable.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("price")) {
                PriceLine line = (PriceLine) arguments[0];
                ErrorSource source = prices.error(line);
                return prices.price(line) * (source.isNone() ? 1 : factors.applyAsDouble(source));
              }
              try {
                return method.invoke(prices, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
